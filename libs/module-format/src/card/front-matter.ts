import type { Json } from '../manifest/json.js';
import type { ModelManifest } from '../manifest/schema.js';
import { cardName, licenseOf, lossTerms, type ModelCardFacts, overallMetrics } from './facts.js';

/** The facts of a card in the form that model hubs read; what is MODA's own stands under `moda`. */
export function frontMatter(manifest: ModelManifest, facts: ModelCardFacts): Record<string, Json> {
  const { kind, classes, dataset, training, derivedFrom } = manifest;
  const measured = overallMetrics(manifest).map(([type, value]) => ({ type, value }));
  const weights = lossTerms.flatMap(({ key }) => {
    const weight = training?.[key];
    return weight === undefined ? [] : [[key, weight] as const];
  });
  return {
    license: licenseOf(manifest, facts),
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
      parameters: facts.parameters,
      classes: classes.map(({ name }) => name),
      ...(training ? { method: training.method } : {}),
      ...(weights.length > 0 ? { loss_weights: Object.fromEntries(weights) } : {}),
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
