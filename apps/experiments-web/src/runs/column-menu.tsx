'use client';
import { Checkbox, Menu, MenuItem } from '@moda/ui';
import { runColumns, shownColumns } from './run-columns';

interface ColumnMenuProps {
  /** As in the address: none are the usual ones. */
  readonly keys: readonly string[];
  readonly onChange: (keys: string[]) => void;
}

/** Which columns are shown. */
export function ColumnMenu({ keys, onChange }: ColumnMenuProps) {
  const shown = new Set(shownColumns(keys).map(({ key }) => key));
  return (
    <Menu label="Columns" align="end" small>
      {runColumns
        .filter(({ key }) => key !== 'name')
        .map(({ key, header }) => (
          <Checkbox
            key={key}
            className="m-menu__check"
            label={header}
            checked={shown.has(key)}
            onChange={(checked) =>
              onChange(
                runColumns
                  .map((column) => column.key)
                  .filter((own) => (own === key ? checked : shown.has(own))),
              )
            }
          />
        ))}
      <MenuItem onClick={() => onChange([])}>Usual columns</MenuItem>
    </Menu>
  );
}
