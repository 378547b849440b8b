import type { ModelManifest } from '../manifest/schema.js';
import { classAccuracy, lossTerms, type ModelCardFacts, overallMetrics } from './facts.js';
import { table } from './markdown.js';

// Each gives a heading with its table, or '' where there is nothing to say.

/** Outputs, what they mean, how well each is recognised and what its module takes. */
export function classSection(manifest: ModelManifest, facts: ModelCardFacts): string {
  const { modules = [], parameters, tau } = facts;
  const moduleSizes = new Map(modules.map((entry) => [entry.class, entry.parameters]));
  const measured = manifest.classes.some(({ index }) => classAccuracy(manifest, index) !== undefined);
  const at = tau === undefined ? '' : ` at threshold ${tau}`;
  const header = [
    ...['Output', 'Class', 'Label in the data set'],
    ...(measured ? ['Accuracy'] : []),
    ...(moduleSizes.size > 0 ? [`Parameters of its module${at}`, 'Share of the model'] : []),
  ];
  const rows = manifest.classes.map(({ index, name, sourceLabel }) => {
    const size = moduleSizes.get(index);
    return [
      ...[String(index), name, String(sourceLabel)],
      ...(measured ? [String(classAccuracy(manifest, index) ?? '')] : []),
      ...(moduleSizes.size > 0
        ? [size?.toLocaleString('en-US') ?? '', size === undefined ? '' : percent(size / parameters)]
        : []),
    ];
  });
  return `## Classes\n\n${table(header, rows)}`;
}

/** The settings, but for the weights of the loss. */
export function trainingSection({ training, dataset, device }: ModelManifest): string {
  const weights = new Set<string>(lossTerms.map(({ key }) => key));
  const rows = Object.entries(training ?? {}).flatMap(([key, value]) =>
    !weights.has(key) &&
    (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
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

/** What the terms of modular training counted beside the cross-entropy. */
export function lossSection({ training }: ModelManifest): string {
  const rows = lossTerms.flatMap(({ key, term }) => {
    const weight = training?.[key];
    return weight === undefined ? [] : [[`${term} (${key})`, String(weight)]];
  });
  if (rows.length === 0) return '';
  return `## Loss\n\n${table(['Term', 'Weight'], [['cross-entropy', '1'], ...rows])}`;
}

/** The models that it was cut, composed or repaired from; their digests find them in any registry. */
export function sourceSection({ derivedFrom = [] }: ModelManifest): string {
  if (derivedFrom.length === 0) return '';
  const rows = derivedFrom.map(({ role, name, digest, tau, classes }) => [
    role,
    name ?? '',
    tau === undefined ? '' : String(tau),
    (classes ?? []).join(', '),
    digest ?? '',
  ]);
  return `## Made from\n\n${table(['Role', 'Model', 'Threshold (tau)', 'Its classes', 'Digest'], rows)}`;
}

export function resultSection(manifest: ModelManifest): string {
  const rows = overallMetrics(manifest).map(([name, value]) => [name, String(value)]);
  return rows.length === 0 ? '' : `## Results\n\n${table(['Measure', 'Value'], rows)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
