import type { PublishedModules } from '../experiment/publish-modules.js';
import { knownServices, type ServiceName } from '../services/known-services.js';

export interface Places {
  readonly urls: Readonly<Record<ServiceName, string>>;
  readonly experimentFolder: string;
  readonly logsFolder: string;
  readonly modules: PublishedModules;
}

/** Where a newcomer goes from here: addresses, files, and commands that work as they stand. */
export function whereEverythingIs({ urls, experimentFolder, logsFolder, modules }: Places): string {
  const { reference, created, accuracy, classes, runId } = modules;
  const facts = [
    `${classes.length} modules`,
    ...(accuracy === null ? [] : [`accuracy ${(100 * accuracy).toFixed(2)} %`]),
    ...(runId === undefined ? [] : [`run ${runId}`]),
  ].join(', ');
  const rows: readonly (readonly [string, string])[] = [
    ['Experiments', `${urls.experiments}  runs, curves, comparisons`],
    ['Marketplace', `${urls.experiments}/marketplace  find modules, compose them, try them in the page`],
    ['Gateway', `${urls.gateway}/graphql  every question, with a page to try them`],
    ['Training', `${urls.training}/graphql`],
    ['Registry', `${urls.registry}/graphql`],
    ['Report', `${experimentFolder}/report/report.md`],
    ['Logs', logsFolder],
    [created ? 'Published' : 'In the registry', `${reference}  ${facts}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const gateway = defaultAddress('gateway') === urls.gateway ? '' : `MODA_GATEWAY=${urls.gateway} `;
  const registry = defaultAddress('registry') === urls.registry ? '' : `MODA_REGISTRY=${urls.registry} `;
  const [module = '3'] = classes.slice(3);
  return [
    ...rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`),
    '',
    'Go on in another terminal:',
    `  ${registry}npx moda pull ${reference.replace(/@.*$/, '')}/${module}   the module of one class, cut for you`,
    `  ${gateway}npx moda runs list         what was trained`,
    '',
  ].join('\n');
}

function defaultAddress(name: ServiceName): string {
  return `http://127.0.0.1:${knownServices[name].defaultPort}`;
}
