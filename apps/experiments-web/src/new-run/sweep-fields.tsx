'use client';
import { TextField } from '@moda/ui';
import { settingName } from '../run/spec-items';
import { sweepFields, type SweepLists } from './order';

interface SweepFieldsProps {
  readonly lists: SweepLists;
  readonly errors: Readonly<Record<string, string>>;
  /** How many runs it makes. */
  readonly runs: number;
  readonly onChange: (lists: SweepLists) => void;
}

/** Lists of values; what is left empty stays as it is above. */
export function SweepFields({ lists, errors, runs, onChange }: SweepFieldsProps) {
  return (
    <>
      <div className="m-form-grid">
        {sweepFields.map((field) => (
          <TextField
            key={field}
            label={settingName(field)}
            placeholder="values with commas"
            value={lists[field]}
            onChange={(text) => onChange({ ...lists, [field]: text })}
            {...(errors[field] !== undefined && { error: errors[field] })}
          />
        ))}
      </div>
      <p className="m-note" role="status">
        {errors[''] ??
          (runs === 0 ? 'Mend the fields above first.' : `${runs} ${runs === 1 ? 'run' : 'runs'}.`)}
      </p>
    </>
  );
}
