import '../../styles/analysis.css';
import { GatewayError } from '@moda/gateway-client';
import type { Metadata } from 'next';
import { loadPaperRuns } from '../../paper/data/load-paper-runs';
import { paperRuns } from '../../paper/model/paper-runs';
import { paperTables } from '../../paper/model/paper-tables';
import { PaperView } from '../../paper/paper-view';
import { gatewayOfRequest } from '../../server/gateway';

export const metadata: Metadata = { title: 'Paper' };

export default async function Page() {
  const gateway = await gatewayOfRequest();
  const answer = await loadPaperRuns(gateway).catch((error: unknown) => {
    if (error instanceof GatewayError) return error;
    throw error;
  });
  // Quoted numbers need no gateway.
  const isKnown = !(answer instanceof GatewayError);
  const problem = isKnown
    ? undefined
    : { code: answer.code, message: answer.message, traceId: answer.traceId ?? null };
  return <PaperView tables={paperTables(paperRuns(isKnown ? answer : []))} problem={problem} />;
}
