'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useRef } from 'react';
import { useCart } from '../cart/use-cart';
import { type FoundModel, type FoundModule, placeOf } from './found';
import { ModelCard } from './model-card';
import { ModelRows } from './model-rows';
import { ModuleCard } from './module-card';
import { ModuleRows } from './module-rows';
import { ResultFrame } from './result-frame';
import { useResultKeys } from './result-keys';
import { pageSize } from './search-questions';
import { type Search, useFoundModels, useFoundModules } from './use-search';
import { WindowedPage } from './windowed-page';

interface ResultsProps {
  readonly search: Search;
}

/** Modules that were found. */
export function ModuleResults({ search }: ResultsProps) {
  const found = useFoundModules(search);
  const pages = found.data?.pages ?? [];
  const modules = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  const list = useRef<HTMLDivElement>(null);
  const [, { toggle }] = useCart();
  const router = useRouter();
  const { cursor, setCursor } = useResultKeys({
    list,
    keys: modules.map(({ id }) => id),
    onChoose: (key) => {
      const module = modules.find(({ id }) => id === key);
      if (module === undefined) return;
      const { of, classIndex } = placeOf(module);
      toggle(of, classIndex);
    },
  });
  return (
    <ResultFrame search={search} found={found} list={list} noun="module">
      {search.state.view === 'rows' ? (
        <ModuleRows
          modules={modules}
          total={pages[0]?.totalEstimate ?? 0}
          cursor={cursor}
          onCursor={setCursor}
          onOpen={(href) => {
            router.push(href);
          }}
          onNearEnd={() => {
            void found.fetchNextPage();
          }}
        />
      ) : (
        <CardPages
          pages={pages.map(({ edges }) => edges.map(({ node }) => node))}
          card={(module: FoundModule) => (
            <ModuleCard key={module.id} module={module} cartOf={search.cartOf} />
          )}
        />
      )}
    </ResultFrame>
  );
}

/** Whole models that were found. */
export function ModelResults({ search }: ResultsProps) {
  const found = useFoundModels(search);
  const pages = found.data?.pages ?? [];
  const models = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  const list = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const { cursor, setCursor } = useResultKeys({ list, keys: models.map(({ id }) => id) });
  return (
    <ResultFrame search={search} found={found} list={list} noun="model">
      {search.state.view === 'rows' ? (
        <ModelRows
          models={models}
          total={pages[0]?.totalEstimate ?? 0}
          cursor={cursor}
          onCursor={setCursor}
          onOpen={(href) => {
            router.push(href);
          }}
          onNearEnd={() => {
            void found.fetchNextPage();
          }}
        />
      ) : (
        <CardPages
          pages={pages.map(({ edges }) => edges.map(({ node }) => node))}
          card={(model: FoundModel) => <ModelCard key={model.id} model={model} cartOf={search.cartOf} />}
        />
      )}
    </ResultFrame>
  );
}

function CardPages<Found>({
  pages,
  card,
}: {
  readonly pages: readonly (readonly Found[])[];
  readonly card: (found: Found) => ReactNode;
}) {
  return pages.map((page, at) => (
    <WindowedPage
      key={at === 0 ? 'first' : `page ${at}`}
      label={`Results ${at * pageSize + 1} to ${at * pageSize + page.length}`}
    >
      {page.map(card)}
    </WindowedPage>
  ));
}
