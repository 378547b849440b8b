import type { ModelManifest } from '../manifest/schema.js';
import { cardName, licenseOf, type ModelCardFacts } from './facts.js';
import { frontMatter } from './front-matter.js';
import { limitsSection } from './limits.js';
import { escapeMarkdown } from './markdown.js';
import { classSection, lossSection, resultSection, sourceSection, trainingSection } from './sections.js';
import { toYaml } from './yaml.js';

/**
 * The card of a model folder, `README.md`: YAML front matter in the form that model hubs read, then a page for people.
 * Everything in it comes from `manifest` and `facts`; the same input gives the same text.
 */
export function renderModelCard(manifest: ModelManifest, facts: ModelCardFacts): string {
  const sections = [
    `# ${escapeMarkdown(cardName(manifest))}`,
    summary(manifest, facts),
    classSection(manifest, facts),
    sourceSection(manifest),
    trainingSection(manifest),
    lossSection(manifest),
    resultSection(manifest),
    limitsSection(manifest, facts),
    usage(manifest),
  ];
  const body = sections.filter((section) => section !== '').join('\n\n');
  return `---\n${toYaml(frontMatter(manifest, facts))}---\n\n${body}\n`;
}

function summary(manifest: ModelManifest, facts: ModelCardFacts): string {
  const { kind, classes, dataset, derivedFrom = [] } = manifest;
  const { parameters, flops } = facts;
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
  const sources = derivedFrom.map(({ role, name, digest, tau }) => {
    const label = name ?? digest ?? 'an unnamed model';
    return `${role} ${escapeMarkdown(label)}${tau === undefined ? '' : ` at threshold ${tau}`}`;
  });
  const origin = sources.length > 0 ? ` Made from: ${sources.join('; ')}.` : '';
  const license = ` Licence: ${escapeMarkdown(licenseOf(manifest, facts))}.`;
  return `${what} with ${classCount}${on}: ${size}${work}.${origin}${license}`;
}

function usage({ dataset }: ModelManifest): string {
  const flag = dataset && /^[a-z0-9]+$/.test(dataset.name) ? dataset.name : 'DATASET';
  return `## Use\n\n\`\`\`sh\nmoda evaluate --model . --dataset ${flag}\n\`\`\``;
}
