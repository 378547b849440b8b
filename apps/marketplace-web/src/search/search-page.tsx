'use client';

import { ButtonLink, PageHeader, ShortcutHelp } from '@moda/ui';
import { ClassField } from './class-field';
import { FacetPanel } from './facet-panel';
import { resultShortcuts } from './result-keys';
import { ResultTools } from './result-tools';
import { ModelResults, ModuleResults } from './results';
import { narrowedBy } from './search-state';
import { useSearch } from './use-search';

/** Finds modules by class first, then by everything else. */
export function SearchPage() {
  const search = useSearch();
  const narrowed = narrowedBy(search.state);
  return (
    <>
      <PageHeader
        title="Modules by class"
        subtitle="Each module tells one class from the rest. Put some together and try the result in the page; nothing is uploaded."
        actions={<ButtonLink href="/publish">Publish a run</ButtonLink>}
      />
      <ClassField
        value={search.state.q}
        onChange={(q) => {
          search.change({ q: q === '' ? null : q });
        }}
      />
      <div className="m-search-layout">
        <aside className="m-facets" aria-label="Narrow down">
          <details className="m-facets__sheet">
            <summary>Narrow down{narrowed > 0 && ` (${narrowed})`}</summary>
            <FacetPanel search={search} />
          </details>
          <div className="m-facets__column">
            <FacetPanel search={search} />
          </div>
        </aside>
        <section className="m-search-layout__main" aria-label="Results">
          <h2 className="m-visually-hidden">Results</h2>
          <ResultTools search={search} />
          {search.state.kind === 'modules' ? (
            <ModuleResults search={search} />
          ) : (
            <ModelResults search={search} />
          )}
        </section>
      </div>
      <ShortcutHelp shortcuts={resultShortcuts} />
    </>
  );
}
