/** Some test images and what the whole model said of them; cut models have none. */
export const sampleImagesPath = 'samples.safetensors';

/** Files of a model folder that belong to its package, where they are present. */
export const packagePaths: readonly string[] = [
  'module.json',
  'weights.safetensors',
  'rates.safetensors',
  sampleImagesPath,
  'history.json',
  'README.md',
];

/** Where a pulled folder keeps the manifest of its package: beside the files, not among them. */
export const packageManifestPath = 'package.moda.json';

/** Where a pulled folder keeps the signature of its package. */
export const packageSignaturePath = 'package.moda.sig.json';

/** File systems take paths of some thousand characters in all; the folder that is pulled into needs its share. */
const maxPathLength = 200;

/** ASCII alone, so that no two paths are one file where case or the form of accents is not told apart. */
const segment = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** Windows takes these names, with any extension, for devices. */
const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * What keeps `path` from naming a file below a folder on every system, in words, or undefined: relative, of plain segments
 * with `/` between them, so without `..`, backslash, drive, control character or hidden file.
 */
export function pathProblem(path: string): string | undefined {
  if (path.length > maxPathLength) return `is longer than ${maxPathLength} characters`;
  for (const name of path.split('/')) {
    if (!segment.test(name) || name.endsWith('.')) {
      return 'is not a relative path of plain names (letters, digits, "_", "-" and inner dots) with "/" between them';
    }
    if (device.test(name)) return 'has the name of a Windows device';
  }
  if ([packageManifestPath, packageSignaturePath].includes(path.toLowerCase())) {
    return "is the place of the package's own manifest or signature";
  }
  return undefined;
}

/** Two of `paths` that cannot both be laid out in one folder: equal but for case, or one a file where the other has a folder. */
export function clashingPaths(paths: readonly string[]): readonly [string, string] | undefined {
  const files = new Map<string, string>();
  for (const path of paths) {
    const other = files.get(path.toLowerCase());
    if (other !== undefined) return [other, path];
    files.set(path.toLowerCase(), path);
  }
  for (const path of paths) {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      const file = files.get(path.slice(0, end).toLowerCase());
      if (file !== undefined) return [file, path];
    }
  }
  return undefined;
}
