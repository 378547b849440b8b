import { manifestFormatVersion, type ModelManifest } from '@moda/module-format';
import { architectureToJson, type Network } from '@moda/nn';
import type { StoredModel } from './model-folder.js';
import { programVersion } from './version.js';

/** What the `module.json` of a module or composition says. `classes` are output positions of the model it was cut from. */
export function manifestOfCut(
  parent: StoredModel,
  network: Network,
  classes: readonly number[],
  tau: number,
): ModelManifest {
  const { name, dataset, training, device } = parent.manifest;
  const names = classes.map((index) => parent.manifest.classes[index]?.name ?? String(index));
  return {
    formatVersion: manifestFormatVersion,
    kind: classes.length === 1 ? 'module' : 'composition',
    ...(name === undefined ? {} : { name: shortName(`${name}/${names.join('+')}`) }),
    architecture: architectureToJson(network.architecture) as ModelManifest['architecture'],
    classes: classes.map((parentIndex, index) => ({
      index,
      name: parent.manifest.classes[parentIndex]?.name ?? String(parentIndex),
      sourceLabel: parent.manifest.classes[parentIndex]?.sourceLabel ?? parentIndex,
    })),
    ...(dataset ? { dataset: { ...dataset, classes: sourceLabels(parent, classes) } } : {}),
    ...(training ? { training } : {}),
    derivedFrom: [{ role: 'base', ...(name === undefined ? {} : { name }), tau, classes: [...classes] }],
    ...(device === undefined ? {} : { device }),
    createdBy: { version: programVersion },
  };
}

function sourceLabels(parent: StoredModel, classes: readonly number[]): number[] {
  return classes.map((index) => parent.manifest.classes[index]?.sourceLabel ?? index);
}

/** Names have 200 characters at most; a composition of many classes is told by its number. */
function shortName(name: string): string {
  return name.length <= 200 ? name : `${name.slice(0, 196)}…`;
}
