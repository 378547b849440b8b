import { packagePaths, type PackageManifest } from '@moda/module-format';
import { type Problem, problem } from '../problem/problem.js';
import { maxFileBytes, requiredPaths } from './limits.js';

/** What is wrong with a package as it is announced, before a byte of it is here. */
export function checkAnnouncement({ files, derivation }: PackageManifest): Problem | undefined {
  if (derivation)
    return problem(
      'PACKAGE_INVALID',
      'The package is cut from another one, which the registry does by itself; publish the whole model, or the folder without its derivation.',
    );
  const missing = requiredPaths.find((needed) => !files.some(({ path }) => path === needed));
  if (missing !== undefined)
    return problem('PACKAGE_INVALID', `The package has no ${missing}; publish the whole model folder.`, {
      details: { path: missing },
    });
  const strange = files.find(({ path }) => !packagePaths.includes(path));
  if (strange)
    return problem(
      'PACKAGE_INVALID',
      `The package has the file ${strange.path}, which belongs to no model; a package has ${packagePaths.join(', ')}.`,
      { details: { path: strange.path } },
    );
  const large = files.find(({ path, sizeBytes }) => sizeBytes > (maxFileBytes[path] ?? 0));
  if (large)
    return problem(
      'PACKAGE_TOO_LARGE',
      `${large.path} has ${large.sizeBytes} bytes, more than the ${maxFileBytes[large.path] ?? 0} that this registry takes; make it smaller.`,
      { details: { path: large.path, sizeBytes: large.sizeBytes, maxBytes: maxFileBytes[large.path] } },
    );
  return undefined;
}
