import '../../../../styles/analysis.css';
import { GatewayError } from '@moda/gateway-client';
import { ErrorNote, Section } from '@moda/ui';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ModulesOfRunDocument } from '../../../../graphql/generated/operations';
import { ModulesView } from '../../../../modules/modules-view';
import { gatewayOfRequest } from '../../../../server/gateway';

export const metadata: Metadata = { title: 'Modules' };

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  const gateway = await gatewayOfRequest();
  const answer = await gateway.ask(ModulesOfRunDocument, { id }).catch((error: unknown) => {
    if (error instanceof GatewayError) return error;
    throw error;
  });
  if (answer instanceof GatewayError)
    return (
      <Section title="Modules">
        <ErrorNote code={answer.code} message={answer.message} traceId={answer.traceId ?? null} />
      </Section>
    );
  if (!answer.run) notFound();
  return <ModulesView run={answer.run} />;
}
