export { importProblem } from './import-problem.mjs';
export { importRule } from './import-rule.mjs';
export { layoutProblems } from './layout-problems.mjs';
export { readProjects } from './projects.mjs';
