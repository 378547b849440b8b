import type { SearchParams } from 'nuqs/server';
import { createLoader } from 'nuqs/server';
import { firstResults } from '../search/first-results';
import { facetLists } from '../search/search-questions';
import { SearchPage } from '../search/search-page';
import { searchParsers } from '../search/search-state';
import { cartOfRequest } from '../server/cart-of-request';
import { FirstPaint } from '../server/first-paint';

const loadSearch = createLoader(searchParsers);

export default async function Page({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const state = await loadSearch(searchParams);
  const cart = await cartOfRequest();
  return (
    <FirstPaint
      ask={(queries, gateway) => [
        queries.query(facetLists(gateway)),
        firstResults(queries, gateway, state, cart),
      ]}
    >
      <SearchPage />
    </FirstPaint>
  );
}
