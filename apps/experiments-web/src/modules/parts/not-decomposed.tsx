'use client';
import { GatewayError } from '@moda/gateway-client';
import { Button, ButtonLink, EmptyState, ErrorNote, ProgressBar, StateBadge } from '@moda/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf } from '../../gateway/answer-of';
import { gateway } from '../../gateway/browser-client';
import { DecomposeForModulesDocument } from '../../graphql/generated/operations';
import { type DerivedRun, kindOf } from '../data/derived-runs';

export interface NotDecomposedProps {
  readonly run: {
    readonly id: string;
    readonly state: string;
    readonly task: Readonly<Record<string, unknown>>;
  };
  readonly derived: readonly DerivedRun[];
}

/** What to see instead of modules, and how to come to them. */
export function NotDecomposed({ run, derived }: NotDecomposedProps) {
  const client = useQueryClient();
  const decompose = useMutation({
    mutationFn: async () =>
      answerOf(
        (await gateway.ask(DecomposeForModulesDocument, { id: run.id, idempotencyKey: `modules-${run.id}` }))
          .decomposeRun,
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['derived-runs'] }),
  });
  const underWay = derived.find(
    ({ task, state }) => kindOf(task) === 'decompose' && !['succeeded', 'cancelled'].includes(state),
  );
  const kind = kindOf(run.task);
  if (kind === 'compose' || kind === 'replace' || kind === 'sweepTau')
    return (
      <EmptyState
        title="This run has no modules of its own."
        actions={sourcesOf(run.task).map((id) => (
          <ButtonLink key={id} href={`/runs/${id}/modules`}>
            Modules of run {id.slice(0, 8)}
          </ButtonLink>
        ))}
      >
        Modules are those of the models that it was made of.
      </EmptyState>
    );
  if (run.state !== 'succeeded')
    return (
      <EmptyState title="There are no modules yet.">
        They are found when the training is done; this run is {run.state}.
      </EmptyState>
    );
  if (underWay)
    return (
      <EmptyState title="The modules are being found.">
        <StateBadge state={underWay.state} reason={underWay.reason} showReason />
        <ProgressBar share={underWay.progressShare} label="How often units are active is counted" showLabel />
      </EmptyState>
    );
  return (
    <EmptyState
      title="This model is not decomposed yet."
      command={`npx moda runs decompose ${run.id}`}
      actions={
        <Button kind="primary" busy={decompose.isPending} onClick={() => decompose.mutate()}>
          Find the modules
        </Button>
      }
    >
      How often each unit is active for each class is counted once, over the training images; every threshold
      follows from it.
      {decompose.error instanceof GatewayError && (
        <ErrorNote
          code={decompose.error.code}
          message={decompose.error.message}
          traceId={decompose.error.traceId ?? null}
        />
      )}
    </EmptyState>
  );
}

function sourcesOf(task: Readonly<Record<string, unknown>>): string[] {
  return ['run', 'weak', 'strong'].flatMap((field) => {
    const id = task[field];
    return typeof id === 'string' ? [id] : [];
  });
}
