'use client';
import { useToast } from '@moda/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf } from '../gateway/answer-of';
import { gateway } from '../gateway/browser-client';
import { UpdateRunDocument } from '../graphql/generated/operations';
import { useRunStore } from '../run-store/run-store-context';
import type { RunDetail } from './run-detail';

/** What people may change of a run. */
export interface RunChange {
  readonly name?: string | null;
  readonly notes?: string | null;
  readonly tags?: readonly string[];
  readonly archived?: boolean;
}

/** Changes a run and shows it at once, here and in the table. */
export function useRunUpdate(id: string) {
  const client = useQueryClient();
  const store = useRunStore();
  const toast = useToast();
  return useMutation({
    mutationFn: async (change: RunChange) =>
      answerOf((await gateway.ask(UpdateRunDocument, { input: { id, ...change } })).updateRun),
    onSuccess: (row, { notes }) => {
      store.put([row]);
      client.setQueryData<RunDetail>(['run', id], (before) =>
        before === undefined ? before : { ...before, ...row, ...(notes !== undefined && { notes }) },
      );
    },
    onError: (error) => toast({ message: error.message, tone: 'bad' }),
  });
}
