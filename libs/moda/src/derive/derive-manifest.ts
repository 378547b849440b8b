import type { ModelManifest } from '@moda/module-format';
import { type Architecture, architectureToJson } from '@moda/nn/graph';

/** Longest name that a manifest takes. */
const MAX_NAME_LENGTH = 200;

/**
 * The `module.json` of a module or composition, a function of its arguments alone: whoever cuts the same thing anywhere gets the same text.
 * All that is known of the parent's making (program, data set, training, device, licence) holds for the cut too; its metrics
 * and its date do not.
 *
 * @param cut `classes` are output positions of the parent, ascending; `parentDigest` names its package, where there is one
 */
export function deriveManifest(
  parent: ModelManifest,
  cut: {
    readonly architecture: Architecture;
    readonly classes: readonly number[];
    readonly tau: number;
    readonly parentDigest?: string | undefined;
  },
): ModelManifest {
  const { metrics: _metrics, createdAt: _createdAt, derivedFrom: _derivedFrom, name, ...kept } = parent;
  const { architecture, classes, tau, parentDigest: digest } = cut;
  const named = classes.map((position, index) => {
    const { name: className = String(position), sourceLabel = position } = parent.classes[position] ?? {};
    return { index, name: className, sourceLabel };
  });
  const ownName = `${name ?? ''}/${named.map((each) => each.name).join('+')}`;
  return {
    ...kept,
    kind: classes.length === 1 ? 'module' : 'composition',
    ...(name === undefined ? {} : { name: shortened(ownName) }),
    architecture: architectureToJson(architecture) as ModelManifest['architecture'],
    classes: named,
    derivedFrom: [
      {
        role: 'base',
        ...(name === undefined ? {} : { name }),
        ...(digest === undefined ? {} : { digest }),
        tau,
        classes: [...classes],
      },
    ],
  };
}

/** The beginning of a name that is too long, whole characters only. */
function shortened(name: string): string {
  if (name.length <= MAX_NAME_LENGTH) return name;
  const beginning = name.slice(0, MAX_NAME_LENGTH - 4);
  return `${beginning.replace(/[\ud800-\udbff]$/, '')}…`;
}
