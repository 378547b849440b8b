'use client';

import { formatCount, SearchField } from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import { classSuggestions } from './class-suggestions';
import { classNames } from './search-questions';

/** So many stand in one line of a wide page. */
const mostSuggestions = 12;

interface ClassFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The one big field: which class is looked for, with names that there are. */
export function ClassField({ value, onChange }: ClassFieldProps) {
  const { data: classes = [] } = useQuery(classNames(gateway));
  const suggestions = classSuggestions(classes, value, mostSuggestions);
  return (
    <div className="m-class-field">
      <SearchField
        className="m-search--large"
        label="Which class do you need?"
        placeholder="Which class do you need? cat, 7, stop sign …"
        value={value}
        onChange={onChange}
        shortcut="/"
        name="q"
      />
      <ul className="m-suggestions" aria-label="Classes that are published">
        {suggestions.map(({ value: name, count }) => (
          <li key={name}>
            <button
              type="button"
              className="m-suggestion"
              onClick={() => {
                onChange(name);
              }}
            >
              {name} <span className="m-suggestion__count">({formatCount(count)})</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
