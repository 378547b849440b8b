'use client';
import { GatewayError } from '@moda/gateway-client';
import {
  Button,
  CopyText,
  Dialog,
  ErrorNote,
  formatBytes,
  formatSeconds,
  KeyValues,
  NumberField,
} from '@moda/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf } from '../../gateway/answer-of';
import { gateway } from '../../gateway/browser-client';
import { PaperEstimateDocument, PaperRunDocument } from '../../graphql/generated/operations';
import type { PaperOrder, PaperRow, PaperTable } from '../model/paper-table';

export interface RunCellDialogProps {
  readonly row: PaperRow | undefined;
  readonly table: Pick<PaperTable, 'title' | 'then'>;
  readonly onClose: () => void;
}

/** What the cells of a row are made of, what that costs here, and a way to begin. */
export function RunCellDialog({ row, table, onClose }: RunCellDialogProps) {
  const [seed, setSeed] = useState<number | null>(paperSeed);
  return (
    <Dialog open={row !== undefined} onClose={onClose} title={`Run: ${row?.names.join(', ') ?? ''}`} wide>
      <div className="m-stack">
        <p className="m-muted">
          {table.title}. Each run is one seed; other seeds add to the mean. The machine that trains needs the
          data set.
        </p>
        <NumberField label="Seed" value={seed} min={0} step={1} onChange={setSeed} />
        {row?.orders.map((order) => (
          <OneOrder key={`${order.label} ${seed}`} order={withSeed(order, seed ?? paperSeed)} />
        ))}
        {table.then !== undefined && <p>{table.then}</p>}
      </div>
    </Dialog>
  );
}

/** The seed of the paper, and of runs where nobody says otherwise. */
const paperSeed = 42;

function withSeed(order: PaperOrder, seed: number): PaperOrder {
  if (seed === paperSeed) return order;
  return { ...order, spec: { ...order.spec, seed }, command: `${order.command} --seed ${seed}` };
}

function OneOrder({ order }: { readonly order: PaperOrder }) {
  const estimate = useMutation({
    mutationFn: async () =>
      answerOf((await gateway.ask(PaperEstimateDocument, { spec: { ...order.spec } })).estimate),
  });
  const submit = useMutation({
    mutationFn: async () =>
      answerOf(
        (
          await gateway.ask(PaperRunDocument, {
            input: { experiment: 'paper', spec: { ...order.spec }, tags: ['paper'] },
          })
        ).submitRun,
      ),
  });
  const error = submit.error ?? estimate.error;
  const run = submit.data?.__typename === 'Submission' ? submit.data.run : undefined;
  return (
    <section className="m-card m-stack">
      <h3>{order.label}</h3>
      <CopyText text={order.command} />
      {estimate.data && (
        <KeyValues
          items={[
            {
              name: 'Time',
              value: `about ${formatSeconds(estimate.data.seconds)} on ${estimate.data.device}`,
            },
            { name: 'Memory', value: `at most ${formatBytes(estimate.data.peakBytes)}` },
            { name: 'Steps', value: String(estimate.data.steps) },
          ]}
        />
      )}
      {error instanceof GatewayError && (
        <ErrorNote code={error.code} message={error.message} traceId={error.traceId ?? null} />
      )}
      <div className="m-actions" role="status">
        {run ? (
          <a href={`/runs/${run.id}`}>Run {run.id.slice(0, 8)} is submitted</a>
        ) : (
          <>
            <Button busy={estimate.isPending} onClick={() => estimate.mutate()}>
              Estimate the cost
            </Button>
            <Button
              kind="primary"
              busy={submit.isPending}
              disabled={!estimate.data}
              onClick={() => submit.mutate()}
            >
              Run this cell
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
