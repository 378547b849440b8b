import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readProjects } from './projects.mjs';

/** A name that says nothing about meaning: what lies there could lie anywhere. */
const meaninglessName = /^(utils?|helpers?|common|types)(\.[^/]*)?$/i;

const notOurs = new Set(['node_modules', 'dist', '.next', '.reports', '.git', '.nx', '__pycache__', '.venv']);

/**
 * What is wrong with the shape of the repository: tags, names, and the two lists of dependencies that must agree.
 * @param {string} root Absolute path of the repository.
 * @returns {string[]} One sentence each; empty when all is well.
 */
export function layoutProblems(root) {
  const projects = readProjects(root);
  return projects.flatMap((project) => [
    ...tagProblems(project),
    ...nameProblems(root, project.folder),
    ...referenceProblems(root, project, projects),
  ]);
}

function tagProblems({ folder, hasProjectFile, rank, runtime }) {
  if (!hasProjectFile) return [`${folder} has no project.json, so nothing builds, lints or tests it.`];
  const problems = [];
  if (rank === undefined)
    problems.push(`${folder}/project.json needs exactly one tag rank:ground or rank:0 to rank:5.`);
  if (runtime === undefined)
    problems.push(`${folder}/project.json needs exactly one tag runtime:any, node or browser.`);
  return problems;
}

function nameProblems(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = posix.join(folder, entry.name);
    const below = entry.isDirectory() ? nameProblems(root, path) : [];
    return meaninglessName.test(entry.name)
      ? [`${path} says nothing about its meaning; name it by what it holds.`, ...below]
      : below;
  });
}

/** Nx reads package.json and `tsc -b` reads the references of tsconfig.json: one fact in two places, so they are compared. */
function referenceProblems(root, project, projects) {
  if (!project.builds) return [];
  const listed = projects
    .filter(({ builds, packageName }) => builds && project.declared.has(packageName))
    .map(({ folder }) => folder);
  const references = readReferences(root, project.folder);
  return [
    ...listed
      .filter((folder) => !references.includes(folder))
      .map(
        (folder) =>
          `${project.folder}/package.json lists ${folder}, but its tsconfig.json has no reference to it.`,
      ),
    ...references
      .filter((folder) => !listed.includes(folder))
      .map(
        (folder) =>
          `${project.folder}/tsconfig.json refers to ${folder}, but its package.json does not list it.`,
      ),
  ];
}

function readReferences(root, folder) {
  const path = join(root, folder, 'tsconfig.json');
  if (!existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, 'utf8')).references ?? []).map((reference) =>
    posix.join(folder, reference.path),
  );
}
