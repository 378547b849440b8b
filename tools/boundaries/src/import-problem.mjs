import { isBuiltin } from 'node:module';
import { posix } from 'node:path';

/** Packages of this scope are projects of this repository. */
const scope = '@moda/';

/** The projects that may import TensorFlow.js: one for native TensorFlow, one for browsers. */
const tensorFlowDoors = ['libs/tensor-backend', 'libs/page-runtime'];

/**
 * Judges one import. Imports go down the stairs only: a project imports from lower ranks, and everybody may stand on the
 * ground. Types vanish at run time, so `import type` may cross from `any` or `browser` to `node`; it may not climb.
 * @param {object} question
 * @param {import('./projects.mjs').Project} question.project Who imports.
 * @param {string} question.file The importing file from the repository root: `libs/nn/src/graph/shapes.ts`.
 * @param {string} question.specifier What stands after `from`.
 * @param {boolean} question.typeOnly Whether the whole statement is `import type` or `export type`.
 * @param {readonly import('./projects.mjs').Project[]} question.projects
 * @returns {string | undefined} One sentence, or undefined where the import is allowed.
 */
export function importProblem({ project, file, specifier, typeOnly, projects }) {
  if (specifier.startsWith('.')) return escapeProblem(project, file, specifier);
  if (specifier.startsWith('/') || specifier.startsWith('file:')) {
    return `'${specifier}' is an absolute path, which exists on one machine only; import by package name or relatively.`;
  }
  if (specifier.startsWith('@tensorflow/')) return tensorFlowProblem(project, specifier);
  // What a file may load when it runs; types vanish before that.
  const runtimes = ['any', project.runtime, ...(runsInNodeOnly(file) ? ['node'] : [])];
  if (isBuiltin(specifier)) {
    if (typeOnly || runtimes.includes('node')) return undefined;
    return `${project.folder} has runtime:${project.runtime} and may not load '${specifier}'; take it as an argument.`;
  }
  if (!specifier.startsWith(scope)) return undefined;

  const target = projects.find(
    ({ packageName }) => specifier === packageName || specifier.startsWith(`${packageName}/`),
  );
  if (!target) return `'${specifier}' is no project of this repository.`;
  return (
    rankProblem(project, target) ??
    (typeOnly || runtimes.includes(target.runtime) ? undefined : runtimeProblem(project, target)) ??
    declarationProblem(project, target)
  );
}

function escapeProblem(project, file, specifier) {
  const path = posix.join(posix.dirname(file), specifier);
  if (path === project.folder || path.startsWith(`${project.folder}/`)) return undefined;
  return `'${specifier}' leaves ${project.folder}; import another project by its package name.`;
}

function tensorFlowProblem(project, specifier) {
  if (tensorFlowDoors.includes(project.folder)) return undefined;
  return `'${specifier}' may be imported by ${tensorFlowDoors.join(' and ')} only; use what these export, types too.`;
}

function rankProblem(project, target) {
  if (target.area === 'apps') return `${target.folder} is an entry point and may not be imported.`;
  if (target.area === 'tools' && project.area === 'libs')
    return `A library may not import a tool (${target.folder}).`;
  if (target.rank === 'ground' && project.rank !== 'ground') return undefined;
  if (typeof target.rank === 'number' && typeof project.rank === 'number' && target.rank < project.rank)
    return undefined;
  return `${describe(project)} may import from lower ranks only, and ${describe(target)} is not lower.`;
}

function runtimeProblem(project, target) {
  return (
    `${project.folder} has runtime:${project.runtime} and may not load ${target.folder} (runtime:${target.runtime}); ` +
    `'import type' is allowed.`
  );
}

/** Nx hashes what package.json lists: an unlisted import would let a stale result pass as a fresh one. */
function declarationProblem(project, target) {
  if (project.declared.has(target.packageName)) return undefined;
  return `${project.folder}/package.json does not list ${target.packageName}; add it to its dependencies.`;
}

function describe(project) {
  return `${project.folder} (rank:${project.rank})`;
}

/** Specs, benchmarks and contract suites always run in Node, whatever the code beside them is for; so do settings of tools and the server of a web app. */
function runsInNodeOnly(file) {
  return /\.(spec|e2e|bench|config)\.[cm]?[jt]sx?$|\/(testing|bin|server)\//.test(file);
}
