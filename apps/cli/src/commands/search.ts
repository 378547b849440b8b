import type { ModuleFound } from '@moda/module-library';
import { defineCommand } from '../command.js';
import { choice, integerOr, optionalInteger, optionalText } from '../options/kinds.js';
import { imageSize } from '../options/shared.js';
import { drawTable } from '../output/draw-table.js';
import { column, type Table } from '../output/table.js';
import { optionalShare, optionalWord, registry } from '../registry/registry-options.js';
import { useRegistry } from '../registry/use-registry.js';

export const search = defineCommand({
  path: ['search'],
  summary: 'find modules in a registry, by class first',
  details:
    'Finds published modules: those for a class, of a data set, of a size. Everything that is given must hold.',
  examples: [
    'moda search cat --dataset cifar10 --max-bytes 1000000',
    'moda search --text street --order smallest',
  ],
  options: {
    class: optionalWord({ describe: 'name of the class, or its beginning' }),
    dataset: optionalText({ describe: 'data set that it was trained on', placeholder: 'data set' }),
    arch: optionalText({ describe: 'architecture of the model', placeholder: 'name' }),
    input: imageSize('size of the images'),
    license: optionalText({ describe: 'SPDX identifier', placeholder: 'licence' }),
    minAccuracy: optionalShare({ describe: 'least accuracy on the class (0 to 1)' }),
    maxBytes: optionalInteger({ min: 0 }, { describe: 'largest weights file, bytes' }),
    maxFlops: optionalInteger({ min: 0 }, { describe: 'most FLOPs per image' }),
    text: optionalText({ describe: 'words of name, description, classes or data set', placeholder: 'words' }),
    order: choice(['newest', 'smallest', 'fastest', 'mostAccurate', 'mostUsed'], 'newest', {
      describe: 'what comes first',
    }),
    first: integerOr(20, { min: 1, max: 100 }, { describe: 'so many at a time' }),
    after: optionalText({ describe: 'where the page before ended', placeholder: 'cursor' }),
    registry,
  },
  run: async ({ class: className, arch: architecture, order, first, after, ...options }, session) => {
    const { client } = await useRegistry(session, options.registry);
    const { dataset, input, license, minAccuracy, maxBytes, maxFlops, text } = options;
    return client.searchModules({
      criteria: { className, architecture, dataset, input, license, minAccuracy, maxBytes, maxFlops, text },
      ...{ order, first, after },
    });
  },
  show: (page) => {
    if (page.modules.length === 0) return 'Nothing was found.';
    const more = page.next === undefined ? '' : `\n\nMore with --after ${page.next}`;
    return `${drawTable(modules(page))}${more}`;
  },
  tables: { modules },
});

function modules({ modules }: { readonly modules: readonly ModuleFound[] }): Table {
  return {
    columns: [
      column('module', 'text'),
      column('architecture', 'text'),
      column('dataset', 'text', 'data set'),
      column('license', 'text', 'licence'),
      column('accuracy', 'share'),
      column('parameters', 'count'),
      column('bytes', 'count'),
      column('flops', 'count', 'FLOPs'),
    ],
    rows: modules.map(({ reference, accuracy, parameters, bytes, flops, version }) => [
      reference,
      version.architecture,
      version.dataset ?? null,
      version.license,
      accuracy ?? null,
      parameters,
      bytes,
      flops,
    ]),
  };
}
