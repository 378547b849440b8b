'use client';
import { Badge, Button, Section, TextField } from '@moda/ui';
import { type SubmitEvent, useState } from 'react';
import { useFollowedRun } from './run-context';
import { useRunUpdate } from './use-run-update';

/** What people say of the run: notes and tags, changed where they stand. */
export function NotesPanel() {
  const { run } = useFollowedRun();
  return (
    <Section title="Notes and tags">
      <Notes id={run.id} notes={run.notes} />
      <Tags id={run.id} tags={run.tags} />
    </Section>
  );
}

function Notes({ id, notes }: { readonly id: string; readonly notes: string | null }) {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const update = useRunUpdate(id);
  if (draft === undefined)
    return (
      <div>
        <p className="m-run-notes">{notes ?? 'No notes.'}</p>
        <Button small onClick={() => setDraft(notes ?? '')}>
          {notes === null ? 'Add notes' : 'Change the notes'}
        </Button>
      </div>
    );
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    const trimmed = draft.trim();
    update.mutate({ notes: trimmed === '' ? null : trimmed }, { onSuccess: () => setDraft(undefined) });
  };
  return (
    <form className="m-form-stack" onSubmit={save}>
      <TextField label="Notes" lines={4} value={draft} onChange={setDraft} />
      <div className="m-actions">
        <Button small kind="primary" type="submit" busy={update.isPending}>
          Save
        </Button>
        <Button small kind="quiet" onClick={() => setDraft(undefined)}>
          Leave them
        </Button>
      </div>
    </form>
  );
}

function Tags({ id, tags }: { readonly id: string; readonly tags: readonly string[] }) {
  const [draft, setDraft] = useState('');
  const update = useRunUpdate(id);
  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    const tag = draft.trim();
    if (tag === '' || tags.includes(tag)) return;
    update.mutate({ tags: [...tags, tag] }, { onSuccess: () => setDraft('') });
  };
  return (
    <div className="m-form-stack">
      <ul className="m-tags" aria-label="Tags">
        {tags.map((tag) => (
          <li key={tag}>
            <Badge>{tag}</Badge>
            <button
              type="button"
              className="m-icon-button"
              aria-label={`Take the tag ${tag} away`}
              onClick={() => update.mutate({ tags: tags.filter((own) => own !== tag) })}
            >
              <svg className="m-glyph" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
                <path d="m4 4 8 8M12 4 4 12" />
              </svg>
            </button>
          </li>
        ))}
      </ul>
      <form className="m-inline-form" onSubmit={add}>
        <TextField hideLabel label="New tag" placeholder="New tag" value={draft} onChange={setDraft} />
        <Button small type="submit" disabled={draft.trim() === ''}>
          Add the tag
        </Button>
      </form>
    </div>
  );
}
