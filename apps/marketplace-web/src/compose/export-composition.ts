import { packageManifestPath, serialisePackage } from '@moda/module-format';
import type { Composition } from './compose-in-page';
import type { DownloadFormat } from './download-format';
import { zipOf } from './zip';

/** A file that a browser can save. */
export interface ExportedFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A composition in one of the formats, as one file. The same composition gives the same bytes. */
export async function exportComposition(
  composition: Composition,
  format: DownloadFormat,
): Promise<ExportedFile> {
  const { network, facts, files, package: manifest } = composition;
  const base = baseName(composition);
  const about = { classNames: facts.classes.map(({ name }) => name), normalisation: facts.normalisation };
  switch (format) {
    case 'package': {
      const list = new TextEncoder().encode(serialisePackage(manifest));
      const bytes = zipOf(new Map([...files, [packageManifestPath, list]]));
      return { name: `${base}.zip`, contentType: 'application/zip', bytes };
    }
    case 'safetensors':
      return {
        name: `${base}.safetensors`,
        contentType: 'application/octet-stream',
        bytes: files.get('weights.safetensors') ?? new Uint8Array(),
      };
    case 'tfjs': {
      const { toLayersModel } = await import('@moda/nn/export');
      const bytes = zipOf(toLayersModel(network, about));
      return { name: `${base}-tfjs.zip`, contentType: 'application/zip', bytes };
    }
    case 'onnx': {
      const { toOnnx } = await import('@moda/nn/export');
      return {
        name: `${base}.onnx`,
        contentType: 'application/octet-stream',
        bytes: toOnnx(network, about),
      };
    }
  }
}

/** `digits-0-3-5`: of the model's name and the classes, in letters that every disk takes. */
function baseName({ parent, facts, package: { derivation } }: Composition): string {
  const classes = derivation === undefined ? [] : facts.classes.map(({ name }) => name);
  return [parent.manifest.name ?? 'model', ...classes]
    .join('-')
    .replace(/[^\w.-]+/g, '_')
    .slice(0, 100);
}
