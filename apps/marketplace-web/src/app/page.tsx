import type { SearchParams } from 'nuqs/server';
import { createLoader } from 'nuqs/server';
import { facetLists, modelPages, modulePages } from '../search/search-questions';
import { SearchPage } from '../search/search-page';
import { criteriaOf, searchParsers } from '../search/search-state';
import { FirstPaint } from '../server/first-paint';

const loadSearch = createLoader(searchParsers);

export default async function Page({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const state = await loadSearch(searchParams);
  return (
    <FirstPaint
      ask={(queries, gateway) => [
        queries.query(facetLists(gateway)),
        state.kind === 'modules'
          ? queries.infiniteQuery(modulePages(gateway, criteriaOf(state), state.order))
          : queries.infiniteQuery(modelPages(gateway, criteriaOf(state), state.order)),
      ]}
    >
      <SearchPage />
    </FirstPaint>
  );
}
