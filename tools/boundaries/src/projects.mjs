import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The rooms that hold projects; each project is one folder below one of them. */
export const areas = ['apps', 'libs', 'tools'];

/**
 * A project as its own files describe it.
 * @typedef {object} Project
 * @property {string} folder Path from the repository root, with forward slashes: `libs/nn`.
 * @property {string} area `apps`, `libs` or `tools`.
 * @property {string | undefined} packageName Name under which others import it; absent when nobody can.
 * @property {ReadonlySet<string>} declared Packages that its package.json lists.
 * @property {readonly string[]} tags All tags of project.json.
 * @property {boolean} hasProjectFile Whether there is a project.json.
 * @property {boolean} builds Whether it has the target `build`, that is, TypeScript to compile.
 * @property {number | 'ground' | undefined} rank From the tag `rank:…`; undefined where there is not exactly one valid tag.
 * @property {'any' | 'node' | 'browser' | undefined} runtime From the tag `runtime:…`, likewise.
 */

/**
 * Every project of the repository, read from project.json and package.json.
 * @param {string} root Absolute path of the repository.
 * @returns {Project[]} In the order of their folders.
 */
export function readProjects(root) {
  return areas
    .flatMap((area) => foldersIn(root, area))
    .map((folder) => readProject(root, folder))
    .filter((project) => project !== undefined);
}

function foldersIn(root, area) {
  const path = join(root, area);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map((entry) => `${area}/${entry.name}`)
    .sort();
}

function readProject(root, folder) {
  const projectFile = readJson(join(root, folder, 'project.json'));
  const packageFile = readJson(join(root, folder, 'package.json'));
  // A folder with neither and without files is a leftover of a branch, not a project.
  if (!projectFile && !packageFile && readdirSync(join(root, folder)).length === 0) return undefined;
  const tags = projectFile?.tags ?? [];
  return {
    folder,
    area: folder.split('/')[0],
    packageName: packageFile?.name,
    declared: new Set(Object.keys({ ...packageFile?.dependencies, ...packageFile?.devDependencies })),
    tags,
    hasProjectFile: projectFile !== undefined,
    builds: projectFile?.targets?.build !== undefined,
    rank: parseRank(onlyTag(tags, 'rank:')),
    runtime: parseRuntime(onlyTag(tags, 'runtime:')),
  };
}

function onlyTag(tags, prefix) {
  const values = tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
  return values.length === 1 ? values[0] : undefined;
}

function parseRank(value) {
  if (value === 'ground') return 'ground';
  return value !== undefined && /^[0-5]$/.test(value) ? Number(value) : undefined;
}

function parseRuntime(value) {
  return ['any', 'node', 'browser'].includes(value) ? value : undefined;
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
