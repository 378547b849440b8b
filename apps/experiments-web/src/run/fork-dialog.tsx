'use client';
import { Button, Dialog, ErrorNote, NumberField, SelectField, TextField } from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { answerOf } from '../gateway/answer-of';
import { gateway } from '../gateway/browser-client';
import { idempotencyKeyOf } from '../gateway/idempotency-keys';
import { ForkRunDocument } from '../graphql/generated/operations';
import { changedValues } from './changed-values';
import type { RunDetail } from './run-detail';

const fields = [
  { name: 'epochs', label: 'Epochs in all' },
  { name: 'learningRate', label: 'Learning rate' },
  { name: 'alpha', label: 'Alpha (affinity)' },
  { name: 'beta', label: 'Beta (dispersion)' },
  { name: 'gamma', label: 'Gamma (compactness)' },
] as const;

/** Makes a new run from a checkpoint of this one, with other values where they are given. */
export function ForkDialog({ run, onClose }: { readonly run: RunDetail; readonly onClose: () => void }) {
  const checkpoints = run.checkpoints ?? [];
  const [epoch, setEpoch] = useState(() => String(checkpoints.at(-1)?.epoch ?? 0));
  const [name, setName] = useState('');
  const [values, setValues] = useState<Readonly<Record<string, number | null>>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, numberOf(run.spec[field.name])])),
  );
  const changes = changedValues(run.spec, values);
  const router = useRouter();
  const fork = useMutation({
    mutationFn: async () => {
      const trimmed = name.trim();
      const answer = await gateway.ask(ForkRunDocument, {
        id: run.id,
        epoch: Number(epoch),
        changes: Object.keys(changes).length === 0 ? null : changes,
        name: trimmed === '' ? null : trimmed,
        idempotencyKey: idempotencyKeyOf(['fork', run.id, epoch, changes, trimmed]),
      });
      return answerOf(answer.forkRun);
    },
    onSuccess: ({ run: { id } }) => router.push(`/runs/${id}`),
  });
  const isTrained = run.spec['method'] === 'moda';
  return (
    <Dialog
      open
      onClose={onClose}
      title="Fork from a checkpoint"
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button kind="primary" busy={fork.isPending} onClick={() => fork.mutate()}>
            Fork
          </Button>
        </>
      }
    >
      <div className="m-form-grid">
        <SelectField
          label="Checkpoint"
          value={epoch}
          onChange={setEpoch}
          options={checkpoints.map((own) => ({
            value: String(own.epoch),
            label: `epoch ${own.epoch}, step ${own.step}`,
          }))}
        />
        <TextField label="Name" value={name} onChange={setName} />
        {fields
          .filter((field) => isTrained || field.name === 'epochs' || field.name === 'learningRate')
          .map((field) => (
            <NumberField
              key={field.name}
              label={field.label}
              value={values[field.name] ?? null}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
      </div>
      <p className="m-note">
        {Object.keys(changes).length === 0
          ? 'Nothing is changed: it goes on exactly as this run did.'
          : `Changed: ${Object.keys(changes).join(', ')}. It begins with the weights of the checkpoint.`}
      </p>
      {fork.error instanceof GatewayError && (
        <ErrorNote code={fork.error.code} message={fork.error.message} traceId={fork.error.traceId} />
      )}
    </Dialog>
  );
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
