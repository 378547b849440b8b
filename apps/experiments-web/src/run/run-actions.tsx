'use client';
import { Button, ButtonLink, Dialog, Menu, MenuItem, useToast } from '@moda/ui';
import { isTerminal } from '@moda/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { answerOf } from '../gateway/answer-of';
import { gateway } from '../gateway/browser-client';
import { randomKey } from '../gateway/random-key';
import { ResumeRunDocument } from '../graphql/generated/operations';
import { cancelRuns } from '../runs/bulk-actions';
import { runFacts } from '../runs/run-facts';
import { ForkDialog } from './fork-dialog';
import type { RunDetail } from './run-detail';
import { useRunUpdate } from './use-run-update';

/** What can be done with this run in its state. */
export function RunActions({ run }: { readonly run: RunDetail }) {
  const [asked, setAsked] = useState<'cancel' | 'fork' | undefined>(undefined);
  const update = useRunUpdate(run.id);
  const resume = useResume(run.id);
  const isTraining = runFacts(run).what === 'train';
  const canResume = isTraining && (run.state === 'cancelled' || run.state === 'failed');
  const canFork = isTraining && (run.checkpoints?.length ?? 0) > 0;
  return (
    <>
      {!isTerminal(run.state) && (
        <Button kind="danger" disabled={run.cancelRequestedAt !== null} onClick={() => setAsked('cancel')}>
          {run.cancelRequestedAt === null ? 'Cancel' : 'Stopping'}
        </Button>
      )}
      {canResume && (
        <Button kind="primary" busy={resume.isPending} onClick={() => resume.mutate()}>
          Resume
        </Button>
      )}
      {isTraining && run.state === 'succeeded' && (
        <ButtonLink kind="primary" external href={`/marketplace/publish?run=${run.id}`}>
          Publish
        </ButtonLink>
      )}
      <Menu label="More" align="end">
        <MenuItem disabled={!canFork} onClick={() => setAsked('fork')}>
          Fork from a checkpoint
        </MenuItem>
        <MenuItem href={`/new?from=${run.id}`}>New run like this</MenuItem>
        <MenuItem href={`/compare?runs=${[run.id, run.parent?.id].filter(Boolean).join(',')}`}>
          Compare
        </MenuItem>
        <MenuItem onClick={() => update.mutate({ archived: !run.archived })}>
          {run.archived ? 'Take out of the archive' : 'Archive'}
        </MenuItem>
      </Menu>
      <CancelDialog run={run} open={asked === 'cancel'} onClose={() => setAsked(undefined)} />
      {asked === 'fork' && <ForkDialog run={run} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function useResume(id: string) {
  const router = useRouter();
  const toast = useToast();
  // A second press, or a press again after a lost answer, finds the run of the first.
  const [idempotencyKey] = useState(randomKey);
  return useMutation({
    mutationFn: async () =>
      answerOf((await gateway.ask(ResumeRunDocument, { id, idempotencyKey })).resumeRun),
    onSuccess: ({ run }) => router.push(`/runs/${run.id}`),
    onError: (error) => toast({ message: error.message, tone: 'bad' }),
  });
}

function CancelDialog(props: {
  readonly run: RunDetail;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { run, open, onClose } = props;
  const client = useQueryClient();
  const toast = useToast();
  const cancel = useMutation({
    mutationFn: async () => {
      const { refused } = await cancelRuns(gateway, [run.id]);
      if (refused[0] !== undefined) throw refused[0];
    },
    onSuccess: () => {
      onClose();
      void client.invalidateQueries({ queryKey: ['run', run.id] });
    },
    onError: (error) => toast({ message: error.message, tone: 'bad' }),
  });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Cancel this run?"
      actions={
        <>
          <Button onClick={onClose}>Keep it running</Button>
          <Button kind="danger" busy={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel the run
          </Button>
        </>
      }
    >
      <p>It writes a checkpoint where it can, and can be resumed from there.</p>
    </Dialog>
  );
}
