import type { ModelManifest } from '../manifest/schema.js';
import type { ModelCardFacts } from './facts.js';
import { escapeMarkdown } from './markdown.js';

/** What the model is not for: what follows from how it was made, no more. */
export function limitsSection(manifest: ModelManifest, facts: ModelCardFacts): string {
  const limits = [
    classLimit(manifest),
    inputLimit(facts),
    normalisationLimit(manifest),
    measurementLimit(manifest),
  ];
  return `## Limits\n\n${limits
    .filter((limit) => limit !== '')
    .map((limit) => `- ${limit}`)
    .join('\n')}`;
}

function classLimit({ classes }: ModelManifest): string {
  if (classes.length === 1) {
    return 'It has one output, the score of one class: it chooses among classes only once it is composed with others.';
  }
  return `It knows these ${classes.length} classes only: an image of anything else is given one of them all the same.`;
}

function inputLimit({ input }: ModelCardFacts): string {
  if (!input) return '';
  const { height, width, channels } = input;
  const colours = channels === 1 ? 'one channel' : `${channels} channels`;
  return `It takes images ${height} pixels high and ${width} wide with ${colours}; images of other sizes must be brought to it first.`;
}

function normalisationLimit({ dataset }: ModelManifest): string {
  if (!dataset) return 'How its input must be normalised was not recorded.';
  const { mean, std } = dataset.normalisation;
  const each = mean.length === 1 ? '' : ', a channel each';
  return (
    'Pixels 0 to 255 must be normalised as in training, (pixel / 255 - mean) / deviation, ' +
    `with mean ${mean.join(', ')} and deviation ${std.join(', ')}${each}.`
  );
}

function measurementLimit({ dataset, metrics = {} }: ModelManifest): string {
  if (Object.keys(metrics).length === 0) return 'No accuracy of it was measured.';
  const images = dataset?.testSamples === undefined ? '' : `the ${dataset.testSamples} test images of `;
  const where = dataset ? ` on ${images}${escapeMarkdown(dataset.name)}` : '';
  return `It was measured${where}; on other images it may do worse.`;
}
