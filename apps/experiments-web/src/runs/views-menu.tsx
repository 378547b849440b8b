'use client';
import { Button, IconButton, Menu, MenuItem, TextField } from '@moda/ui';
import { type SyntheticEvent, useState } from 'react';
import { removeView, storeView } from './saved-views';
import { readTable, type TableChange, type TableState, writeTable } from './table-address';
import { useSavedViews } from './use-table-state';

interface ViewsMenuProps {
  readonly state: TableState;
  readonly onChoose: (state: TableChange) => void;
}

/** Longest name of a view: it stands in a menu. */
const maxNameLength = 40;

/** Views under names of one's own: what is shown now, and what was shown when one was kept. */
export function ViewsMenu({ state, onChoose }: ViewsMenuProps) {
  const views = useSavedViews().filter(({ named }) => named);
  const [name, setName] = useState('');
  const keep = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    // What is selected belongs to the moment, not to the view.
    storeView({ name: name.trim(), query: writeTable({ ...state, selected: null }), named: true });
    setName('');
  };
  return (
    <Menu label="Views" align="end" small>
      {views.length === 0 && <p className="m-muted m-views__none">This browser keeps no view yet.</p>}
      {views.map((view) => (
        <div key={view.name} className="m-views__view">
          <MenuItem onClick={() => onChoose({ ...readTable(view.query), selected: state.selected })}>
            {view.name}
          </MenuItem>
          <IconButton label={`Forget the view ${view.name}`} onClick={() => removeView(view.name)}>
            <svg className="m-glyph" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
              <path d="m4 4 8 8M12 4 4 12" />
            </svg>
          </IconButton>
        </div>
      ))}
      <form className="m-views__keep" onSubmit={keep}>
        <TextField label="Keep this view as" value={name} onChange={setName} maxLength={maxNameLength} />
        <Button small type="submit" disabled={name.trim() === ''}>
          Keep
        </Button>
      </form>
    </Menu>
  );
}
