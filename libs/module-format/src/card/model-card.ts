import type { Json } from '../manifest/json.js';
import type { ModelManifest } from '../manifest/schema.js';
import { escapeMarkdown } from './markdown.js';
import { toYaml } from './yaml.js';

/** What the card says beyond the manifest. */
export interface ModelCardFacts {
  /** SPDX identifier. */
  readonly license: string;
  /** Trainable parameters. */
  readonly parameters: number;
  /** Multiply-adds of convolutions and dense layers for one image. */
  readonly flops?: number;
  /** The modules that can be taken from the model, by class index. */
  readonly modules?: readonly { readonly class: number; readonly parameters: number }[];
}

const titles: Readonly<Record<ModelManifest['kind'], string>> = {
  model: 'Model',
  module: 'Module',
  composition: 'Composed model',
  repaired: 'Repaired model',
};

/**
 * The card of a model folder, `README.md`: YAML front matter in the form that model hubs read, then a page for people.
 * Everything in it comes from `manifest` and `facts`; the same input gives the same text.
 */
export function renderModelCard(manifest: ModelManifest, facts: ModelCardFacts): string {
  const sections = [
    `# ${escapeMarkdown(cardName(manifest))}`,
    summary(manifest, facts),
    classTable(manifest, facts),
    trainingTable(manifest),
    metricsTable(manifest),
    usage(manifest),
  ];
  const body = sections.filter((section) => section !== '').join('\n\n');
  return `---\n${toYaml(frontMatter(manifest, facts))}---\n\n${body}\n`;
}

function cardName({ name, kind, dataset }: ModelManifest): string {
  return name ?? `${titles[kind]}${dataset ? ` for ${dataset.name}` : ''}`;
}

function frontMatter(manifest: ModelManifest, { license, parameters }: ModelCardFacts): Record<string, Json> {
  const { kind, classes, dataset, metrics = {}, training, derivedFrom } = manifest;
  const measured = Object.entries(metrics).map(([type, value]) => ({ type, value }));
  return {
    license,
    library_name: 'moda',
    pipeline_tag: 'image-classification',
    tags: ['moda', 'modular-neural-network', kind],
    ...(dataset ? { datasets: [dataset.name] } : {}),
    ...(measured.length > 0 ? { metrics: measured.map(({ type }) => type) } : {}),
    ...(dataset && measured.length > 0
      ? { 'model-index': modelIndex(manifest, dataset.name, measured) }
      : {}),
    moda: {
      format_version: manifest.formatVersion,
      kind,
      parameters,
      classes: classes.map(({ name }) => name),
      ...(training ? { method: training.method } : {}),
      ...(derivedFrom ? { derived_from: derivedFrom.map(definedFields) } : {}),
      version: manifest.createdBy.version,
    },
  };
}

function modelIndex(
  manifest: ModelManifest,
  dataset: string,
  metrics: readonly { type: string; value: number }[],
): Json {
  const task = { type: 'image-classification' };
  const results = [
    { task, dataset: { name: dataset, type: dataset }, metrics: metrics.map((metric) => ({ ...metric })) },
  ];
  return [{ name: cardName(manifest), results }];
}

function definedFields(source: Readonly<Record<string, Json | undefined>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(source).filter((field): field is [string, Json] => field[1] !== undefined),
  );
}

function summary(
  { kind, classes, dataset, derivedFrom }: ModelManifest,
  { parameters, flops }: ModelCardFacts,
): string {
  const what = {
    model: 'An image classifier',
    module: 'A module: the part of an image classifier that recognises one class',
    composition: 'An image classifier composed of modules',
    repaired: 'An image classifier in which a module of another model recognises one class',
  }[kind];
  const size = `${parameters.toLocaleString('en-US')} parameters`;
  const work = flops === undefined ? '' : `, ${flops.toLocaleString('en-US')} multiply-adds an image`;
  const classCount = classes.length === 1 ? 'one class' : `${classes.length} classes`;
  const on = dataset ? ` of ${escapeMarkdown(dataset.name)}` : '';
  const sources = (derivedFrom ?? []).map(({ role, name, digest, tau }) => {
    const label = name ?? digest ?? 'an unnamed model';
    return `${role} ${escapeMarkdown(label)}${tau === undefined ? '' : ` at threshold ${tau}`}`;
  });
  const origin = sources.length > 0 ? ` Made from: ${sources.join('; ')}.` : '';
  return `${what} with ${classCount}${on}: ${size}${work}.${origin}`;
}

function classTable({ classes }: ModelManifest, { modules = [], parameters }: ModelCardFacts): string {
  const module = new Map(modules.map((entry) => [entry.class, entry.parameters]));
  const rows = classes.map(({ index, name, sourceLabel }) => {
    const cells = [String(index), name, String(sourceLabel)];
    if (module.size === 0) return cells;
    const moduleParameters = module.get(index);
    if (moduleParameters === undefined) return [...cells, '', ''];
    const percent = `${((100 * moduleParameters) / parameters).toFixed(1)} %`;
    return [...cells, moduleParameters.toLocaleString('en-US'), percent];
  });
  const header = ['Output', 'Class', 'Label in the data set'];
  const moduleHeader = module.size > 0 ? ['Parameters of its module', 'Share of the model'] : [];
  return `## Classes\n\n${table([...header, ...moduleHeader], rows)}`;
}

function trainingTable({ training, dataset, device }: ModelManifest): string {
  const rows = Object.entries(training ?? {}).flatMap(([key, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[key, String(value)]]
      : [],
  );
  if (dataset?.split !== undefined) rows.push(['split', dataset.split]);
  if (dataset) {
    const { mean, std } = dataset.normalisation;
    rows.push(['normalisation', `mean ${mean.join(', ')}; deviation ${std.join(', ')}`]);
  }
  if (device !== undefined) rows.push(['device', device]);
  return rows.length === 0 ? '' : `## Training\n\n${table(['Setting', 'Value'], rows)}`;
}

function metricsTable({ metrics = {} }: ModelManifest): string {
  const rows = Object.entries(metrics).map(([name, value]) => [name, String(value)]);
  return rows.length === 0 ? '' : `## Results\n\n${table(['Measure', 'Value'], rows)}`;
}

function usage({ dataset }: ModelManifest): string {
  const flag = dataset && /^[a-z0-9]+$/.test(dataset.name) ? dataset.name : 'DATASET';
  return `## Use\n\n\`\`\`sh\nmoda evaluate --model . --dataset ${flag}\n\`\`\``;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
