'use client';
import { GatewayError } from '@moda/gateway-client';
import { Button, CopyText, ErrorNote } from '@moda/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf } from '../../gateway/answer-of';
import { gateway } from '../../gateway/browser-client';
import { SweepTauOfModulesDocument } from '../../graphql/generated/operations';
import { missingTaus, subtasksPerSize, sweepCommand } from '../model/missing-taus';

export interface MeasureButtonProps {
  readonly runId: string;
  /** Thresholds that were measured. */
  readonly taken: readonly number[];
  readonly tau: number;
  readonly classes: number;
}

/** Measures accuracy where it is not known: at the usual thresholds, and at the one that is looked at. */
export function MeasureButton({ runId, taken, tau, classes }: MeasureButtonProps) {
  const client = useQueryClient();
  const taus = missingTaus(taken, tau);
  const measure = useMutation({
    mutationFn: async () => {
      const idempotencyKey = `modules ${runId} ${taus.join(' ')}`.slice(0, 200);
      return answerOf(
        (await gateway.ask(SweepTauOfModulesDocument, { id: runId, taus: [...taus], idempotencyKey }))
          .sweepTau,
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['derived-runs'] }),
  });
  if (taus.length === 0) return null;
  const networks = taus.length * subtasksPerSize * Math.max(1, classes - 1);
  return (
    <div className="m-stack m-place">
      <div className="m-row">
        <Button busy={measure.isPending} onClick={() => measure.mutate()}>
          Measure accuracy at {taus.length === 1 ? 'one threshold' : `${taus.length} thresholds`}
        </Button>
      </div>
      <p className="m-muted">
        At tau {taus.join(', ')}. Cost: about {networks} composed networks are tried on the test images of
        their classes; nothing is trained.
      </p>
      <CopyText text={sweepCommand(runId, taus)} />
      {measure.error instanceof GatewayError && (
        <ErrorNote
          code={measure.error.code}
          message={measure.error.message}
          traceId={measure.error.traceId ?? null}
        />
      )}
    </div>
  );
}
