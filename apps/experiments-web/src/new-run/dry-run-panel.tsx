'use client';
import type { TrainSpec } from '@moda/contracts';
import { Button, ErrorNote, formatBytes, formatCount, formatSeconds, KeyValues, Section } from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { useMutation } from '@tanstack/react-query';
import { answerOf } from '../gateway/answer-of';
import { gateway } from '../gateway/browser-client';
import { SubmitRunDocument } from '../graphql/generated/operations';

interface DryRunPanelProps {
  readonly spec: TrainSpec | undefined;
  readonly experiment: string;
  /** How many runs like this one are to be submitted. */
  readonly runs: number;
}

/** What the run will take, measured by its first steps; nothing is stored. */
export function DryRunPanel({ spec, experiment, runs }: DryRunPanelProps) {
  const dryRun = useMutation({ mutationFn: (own: TrainSpec) => tryRun(own, experiment) });
  const content = JSON.stringify(spec);
  const { data } = dryRun;
  const estimate = data !== undefined && data.content === content ? data.estimate : undefined;
  return (
    <Section
      title="Estimate"
      actions={
        <Button
          small
          disabled={spec === undefined}
          busy={dryRun.isPending}
          onClick={() => spec !== undefined && dryRun.mutate(spec)}
        >
          Try the first steps
        </Button>
      }
    >
      {estimate === undefined ? (
        <p className="m-muted">
          {dryRun.isPending
            ? 'The service tries the first steps of this network.'
            : 'Says what the run will take; nothing is submitted.'}
        </p>
      ) : (
        <KeyValues
          items={[
            { name: 'Time', value: formatSeconds(estimate.seconds) },
            ...(runs > 1
              ? [
                  {
                    name: `Time of ${formatCount(runs)} such runs`,
                    value: formatSeconds(estimate.seconds * runs),
                  },
                ]
              : []),
            { name: 'Memory at most', value: formatBytes(estimate.peakBytes) },
            { name: 'Steps', value: formatCount(estimate.steps) },
            { name: 'Device', value: estimate.device },
          ]}
        />
      )}
      {dryRun.error instanceof GatewayError && (
        <ErrorNote code={dryRun.error.code} message={dryRun.error.message} traceId={dryRun.error.traceId} />
      )}
    </Section>
  );
}

async function tryRun(spec: TrainSpec, experiment: string) {
  const input = { spec: { ...spec }, experiment: experiment === '' ? 'default' : experiment, dryRun: true };
  const answer = answerOf((await gateway.ask(SubmitRunDocument, { input })).submitRun);
  if (answer.__typename !== 'DryRun')
    throw new GatewayError('ANSWER_INVALID', 'The service answered a trial with a run; look at the table.');
  return { content: JSON.stringify(spec), estimate: answerOf(answer.estimate) };
}
