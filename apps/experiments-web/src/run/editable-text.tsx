'use client';
import { Button, IconButton, TextField } from '@moda/ui';
import { type SubmitEvent, useState } from 'react';

interface EditableTextProps {
  readonly label: string;
  readonly value: string;
  /** What is shown while it is not edited. */
  readonly shown: string;
  /** Null takes the text away. */
  readonly onSave: (value: string | null) => Promise<unknown>;
}

/** One line that can be changed where it stands. */
export function EditableText({ label, value, shown, onSave }: EditableTextProps) {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  if (draft === undefined)
    return (
      <span className="m-editable">
        {shown}
        <IconButton label={`Change: ${label}`} onClick={() => setDraft(value)}>
          <svg className="m-glyph" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M3 13h2.5L13 5.5 10.5 3 3 10.5z" />
          </svg>
        </IconButton>
      </span>
    );
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const trimmed = draft.trim();
    await onSave(trimmed === '' ? null : trimmed).then(
      () => setDraft(undefined),
      () => undefined, // Whoever saves says why not; what was typed stays.
    );
    setBusy(false);
  };
  return (
    <form className="m-editable m-editable--open" onSubmit={(event) => void save(event)}>
      <TextField hideLabel label={label} value={draft} onChange={setDraft} />
      <Button small kind="primary" type="submit" busy={busy}>
        Save
      </Button>
      <Button small kind="quiet" onClick={() => setDraft(undefined)}>
        Leave it
      </Button>
    </form>
  );
}
