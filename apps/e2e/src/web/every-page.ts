/** What there has to be for every page to show something. */
export interface WhatToShow {
  /** Two trainings that have succeeded, the first of them decomposed by `decomposed` and published as `reference`. */
  readonly runs: readonly [string, string];
  readonly decomposed: string;
  /** `owner/model@version` */
  readonly reference: string;
}

export interface PlannedPage {
  readonly title: string;
  readonly path: string;
}

/** Every page of both apps, below the address where people open them. */
export function everyPage({ runs, decomposed, reference }: WhatToShow): readonly PlannedPage[] {
  const [run] = runs;
  const model = `/marketplace/m/${reference.replace('@', '?version=')}`;
  const module = model.replace('?', '/3?');
  const cart = `of=${reference}&classes=0,3`;
  return [
    { title: 'runs', path: '/' },
    { title: 'runs by configuration', path: '/?group=true' },
    { title: 'new run', path: '/new' },
    { title: 'a run', path: `/runs/${run}` },
    { title: 'modules of a run', path: `/runs/${decomposed}/modules` },
    { title: 'log of a run', path: `/runs/${run}/logs` },
    { title: 'files of a run', path: `/runs/${run}/files` },
    { title: 'comparison', path: `/compare?runs=${runs.join(',')}` },
    { title: 'repair', path: `/repair?weak=${run}` },
    { title: 'paper', path: '/paper' },
    { title: 'login', path: '/login' },
    { title: 'no such page', path: '/nowhere' },
    { title: 'modules by class', path: '/marketplace' },
    { title: 'modules in rows', path: '/marketplace?view=rows' },
    { title: 'a model', path: model },
    { title: 'a module', path: module },
    { title: 'cart', path: `/marketplace/cart?${cart}` },
    { title: 'try a composition', path: `/marketplace/cart/try?${cart}&tau=0.9` },
    { title: 'runs to publish', path: '/marketplace/publish' },
    { title: 'publish a run', path: `/marketplace/publish?run=${run}` },
    { title: 'no such page of the marketplace', path: '/marketplace/nowhere' },
  ];
}
