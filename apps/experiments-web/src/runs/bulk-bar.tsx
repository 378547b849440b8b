'use client';
import { Button, Dialog, TextField, useToast } from '@moda/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { gateway } from '../gateway/browser-client';
import type { RunRowFragment } from '../graphql/generated/operations';
import { useRunStore } from '../run-store/run-store-context';
import { type BulkOutcome, cancelRuns, updateRuns } from './bulk-actions';
import { runLabel } from './run-facts';
import { isTerminal } from '@moda/contracts';

interface BulkBarProps {
  readonly selected: readonly RunRowFragment[];
  readonly onCompare: () => void;
  readonly onClear: () => void;
}

/** What can be done with the selected runs. It keeps its place while none is selected, so that the table does not move. */
export function BulkBar({ selected, onCompare, onClear }: BulkBarProps) {
  const [asked, setAsked] = useState<'cancel' | 'tag' | undefined>(undefined);
  const change = useBulkChange();
  const none = selected.length === 0;
  const going = selected.filter(({ state }) => !isTerminal(state));
  const archive = none || !selected.every(({ archived }) => archived);
  return (
    <div className="m-bulk" role="group" aria-label="Selected runs">
      <span className="m-bulk__count" role="status">
        {selected.length} selected
      </span>
      <Button small kind={none ? 'plain' : 'primary'} disabled={none} onClick={onCompare}>
        Compare
      </Button>
      <Button small disabled={going.length === 0} onClick={() => setAsked('cancel')}>
        Cancel
      </Button>
      <Button small disabled={none} onClick={() => setAsked('tag')}>
        Tag
      </Button>
      <Button
        small
        disabled={none}
        busy={change.isPending}
        onClick={() =>
          change.mutate({
            verb: archive ? 'archived' : 'taken out of the archive',
            run: () => updateRuns(gateway, selected, () => ({ archived: archive })),
          })
        }
      >
        {archive ? 'Archive' : 'Take out of the archive'}
      </Button>
      <Button small kind="quiet" disabled={none} onClick={onClear}>
        Select none
      </Button>
      <CancelDialog
        runs={going}
        open={asked === 'cancel'}
        onClose={() => setAsked(undefined)}
        onConfirm={() =>
          change.mutate({
            verb: 'asked to stop',
            run: () =>
              cancelRuns(
                gateway,
                going.map(({ id }) => id),
              ),
          })
        }
      />
      <TagDialog
        open={asked === 'tag'}
        onClose={() => setAsked(undefined)}
        onConfirm={(tag) =>
          change.mutate({
            verb: `tagged ${tag}`,
            run: () => updateRuns(gateway, selected, ({ tags }) => ({ tags: [...new Set([...tags, tag])] })),
          })
        }
      />
    </div>
  );
}

function useBulkChange() {
  const store = useRunStore();
  const toast = useToast();
  return useMutation({
    mutationFn: ({ run }: { readonly verb: string; readonly run: () => Promise<BulkOutcome> }) => run(),
    onSuccess: ({ done, refused }, { verb }) => {
      store.put(done);
      if (done.length > 0) toast({ message: `${counted(done.length)} ${verb}.`, tone: 'good' });
      if (refused[0] !== undefined)
        toast({ message: `${counted(refused.length)} refused: ${refused[0].message}`, tone: 'bad' });
    },
    onError: (error) => toast({ message: error.message, tone: 'bad' }),
  });
}

function counted(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`;
}

function CancelDialog(props: {
  readonly runs: readonly RunRowFragment[];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { runs, open, onClose, onConfirm } = props;
  const names = runs.slice(0, 5).map(runLabel).join(', ');
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Cancel ${counted(runs.length)}?`}
      actions={
        <>
          <Button onClick={onClose}>Keep running</Button>
          <Button
            kind="danger"
            onClick={() => {
              onConfirm();
              onClose();
            }}
          >
            Cancel {counted(runs.length)}
          </Button>
        </>
      }
    >
      <p>
        {names}
        {runs.length > 5 && ` and ${runs.length - 5} more`}. Each writes a checkpoint where it can, and can be
        resumed from there.
      </p>
    </Dialog>
  );
}

function TagDialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (tag: string) => void;
}) {
  const [tag, setTag] = useState('');
  const trimmed = tag.trim();
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title="Tag the selected runs"
      actions={
        <>
          <Button onClick={props.onClose}>Leave it</Button>
          <Button
            kind="primary"
            disabled={trimmed === ''}
            onClick={() => {
              props.onConfirm(trimmed);
              setTag('');
              props.onClose();
            }}
          >
            Add the tag
          </Button>
        </>
      }
    >
      <TextField label="Tag" value={tag} onChange={setTag} hint="Other tags stay." />
    </Dialog>
  );
}
