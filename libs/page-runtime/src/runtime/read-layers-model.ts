import { io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';

/** The files of a TensorFlow.js LayersModel by name: `model.json` and the files of weights that it names. */
export type LayersModelFiles = ReadonlyMap<string, Uint8Array>;

/**
 * The model of files in memory, on the current back end.
 *
 * @throws Error where a file that `model.json` names is missing
 */
export function readLayersModel(files: LayersModelFiles): Promise<LayersModel> {
  return loadLayersModel({
    load: () => {
      const json = JSON.parse(new TextDecoder().decode(fileOf(files, 'model.json'))) as io.ModelJSON;
      return io.getModelArtifactsForJSON(json, async (manifest) => {
        const shards = manifest.flatMap(({ paths }) => paths.map((path) => fileOf(files, path)));
        return [io.getWeightSpecs(manifest), joined(shards)];
      });
    },
  });
}

function fileOf(files: LayersModelFiles, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) throw new Error(`The model has no file "${name}".`);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.buffer;
}
