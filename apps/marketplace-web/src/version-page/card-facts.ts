import { formatAccuracy, formatCount, formatNumber, type KeyValue } from '@moda/ui';
import type { PageVersion } from './version-question';

type CardSource = Pick<
  PageVersion,
  'architecture' | 'card' | 'classes' | 'dataset' | 'description' | 'input' | 'license' | 'parameters'
>;

/** Names under which settings of a training are known, in the order in which people read them. */
const settings = [
  ['method', 'Method'],
  ['epochs', 'Epochs'],
  ['batchSize', 'Batch size'],
  ['learningRate', 'Learning rate'],
  ['alpha', 'Weight of affinity, α'],
  ['beta', 'Weight of dispersion, β'],
  ['gamma', 'Weight of compactness, γ'],
  ['seed', 'Seed'],
] as const;

/** What the card of a version says of the model itself. */
export function modelFacts(version: CardSource): readonly KeyValue[] {
  const { architecture, input, classes, parameters, license, description } = version;
  const crossEntropy = metric(version, 'crossEntropy');
  return [
    ...(description == null ? [] : [{ name: 'Description', value: description }]),
    { name: 'Architecture', value: architecture },
    {
      name: 'Input',
      value: `${input.height} × ${input.width} × ${input.channels} (height, width, channels)`,
    },
    { name: 'Classes', value: formatCount(classes.length) },
    { name: 'Parameters of the whole model', value: formatCount(parameters) },
    { name: 'Accuracy of the whole model', value: formatAccuracy(metric(version, 'accuracy')) },
    ...(crossEntropy === undefined ? [] : [{ name: 'Cross-entropy', value: formatNumber(crossEntropy) }]),
    { name: 'License', value: license },
  ];
}

/** What it was trained on. */
export function datasetFacts({ dataset, card }: CardSource): readonly KeyValue[] {
  const facts = card?.dataset ?? {};
  const { mean, std } = (facts['normalisation'] ?? {}) as { mean?: unknown; std?: unknown };
  return [
    { name: 'Data set', value: dataset ?? 'not told' },
    ...counted('Training images', facts['trainSamples']),
    ...counted('Test images', facts['testSamples']),
    ...(Array.isArray(mean) && Array.isArray(std)
      ? [{ name: 'Normalisation', value: `mean ${mean.join(', ')}; deviation ${std.join(', ')}` }]
      : []),
    ...(typeof facts['split'] === 'string' ? [{ name: 'Split', value: facts['split'] }] : []),
  ];
}

/** How it was trained. */
export function trainingFacts({ card }: CardSource): readonly KeyValue[] {
  const training = card?.training ?? {};
  return settings.flatMap(([field, name]) => {
    const value = training[field];
    return typeof value === 'string' || typeof value === 'number' ? [{ name, value: String(value) }] : [];
  });
}

function metric({ card }: CardSource, name: string): number | undefined {
  return card?.metrics.find((known) => known.name === name)?.value;
}

function counted(name: string, count: unknown): readonly KeyValue[] {
  return typeof count === 'number' ? [{ name, value: formatCount(count) }] : [];
}
