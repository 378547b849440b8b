import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes the reports of earlier runs; Nx brings back those whose tests need not run again. */
export function clearReports(root) {
  for (const folder of projectFolders(root))
    rmSync(join(root, folder, '.reports'), { recursive: true, force: true });
}

/**
 * @param {string} root Absolute path of the repository.
 * @returns {import('./test-summary.mjs').Report[]}
 */
export function readReports(root) {
  return projectFolders(root).flatMap((project) => {
    const folder = join(root, project, '.reports');
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => ({ project, ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }));
  });
}

function projectFolders(root) {
  return ['apps', 'libs', 'tools'].flatMap((area) =>
    readdirSync(join(root, area), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${area}/${entry.name}`),
  );
}
