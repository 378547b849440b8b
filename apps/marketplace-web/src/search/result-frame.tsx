'use client';

import { formatCount, Skeleton } from '@moda/ui';
import type { ReactNode, RefObject } from 'react';
import { FailureNote } from '../gateway/failure-note';
import { NearEnd } from './near-end';
import { NothingFound } from './nothing-found';
import type { Search } from './use-search';

/** What is known of an answer that comes page by page. */
interface Found {
  readonly data: { readonly pages: readonly { readonly totalEstimate: number }[] } | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly isPlaceholderData: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly refetch: () => unknown;
  readonly fetchNextPage: () => unknown;
}

interface ResultFrameProps {
  readonly search: Search;
  readonly found: Found;
  readonly list: RefObject<HTMLDivElement | null>;
  /** What is looked for, in the singular. */
  readonly noun: string;
  readonly children: ReactNode;
}

/** As many as are seen at first. */
const skeletons = 12;

/** Around results: how many there are, what is still on its way, and why there are none. */
export function ResultFrame({ search, found, list, noun, children }: ResultFrameProps) {
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage } = found;
  const total = data?.pages[0]?.totalEstimate;
  return (
    <div className="m-results">
      <p className="m-results__count" role="status">
        {total === undefined ? 'Searching …' : counted(total, noun)}
      </p>
      {error !== null && (
        <FailureNote
          error={error}
          onRetry={() => {
            found.refetch();
          }}
        />
      )}
      {isPending && (
        <ul className="m-cards" aria-hidden="true">
          {Array.from({ length: skeletons }, (_, at) => (
            <li key={at} className="m-card m-card--skeleton">
              <Skeleton lines={6} height="1.25rem" />
            </li>
          ))}
        </ul>
      )}
      {total === 0 && <NothingFound search={search} />}
      {total !== undefined && total > 0 && (
        <div
          ref={list}
          className={isPlaceholderData ? 'm-results__list m-results__list--old' : 'm-results__list'}
        >
          {children}
        </div>
      )}
      {hasNextPage && search.state.view === 'cards' && (
        <NearEnd
          busy={isFetchingNextPage}
          onNear={() => {
            found.fetchNextPage();
          }}
        />
      )}
    </div>
  );
}

function counted(total: number, noun: string): string {
  return total === 1 ? `1 ${noun}` : `${formatCount(total)} ${noun}s`;
}
