'use client';

import { Button, EmptyState } from '@moda/ui';
import { narrowedBy, searchCommand } from './search-state';
import type { Search } from './use-search';

/** What to do where a search finds nothing. */
export function NothingFound({ search }: { readonly search: Search }) {
  const { state, change, onlyWhatGoes } = search;
  const what = state.kind === 'modules' ? 'module' : 'model';
  if (state.q === '' && narrowedBy(state) === 0 && !onlyWhatGoes)
    return (
      <EmptyState
        title={`No ${what} is published here yet.`}
        command="npx moda publish models/digits ada/digits@1.0.0 --license Apache-2.0"
      >
        Publish a run from its page, or a model from the command line.
      </EmptyState>
    );
  return (
    <EmptyState
      title={`No ${what} is like this.`}
      command={searchCommand(state)}
      actions={
        onlyWhatGoes && (
          <Button
            onClick={() => {
              change({ goes: 'no' });
            }}
          >
            Show also what does not go with the cart
          </Button>
        )
      }
    >
      Take a choice back, or look for the beginning of a name. The same search as a command:
    </EmptyState>
  );
}
