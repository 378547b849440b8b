/** Lowest Node that has `import.meta.dirname`, `require` of ES modules and Node-API 9; keep it equal to package.json. */
export const lowestNode = [20, 19];

/**
 * @param {string} version As in `process.versions.node`: `20.19.0`.
 * @returns {string | undefined} One sentence when this Node is too old.
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [lowestMajor = 0, lowestMinor = 0] = lowestNode;
  if (major > lowestMajor || (major === lowestMajor && minor >= lowestMinor)) return undefined;
  return `MODA needs Node ${lowestNode.join('.')} or newer and this is Node ${version}; install a newer one and start again.`;
}

/** Ends the process with that sentence when this Node is too old. Call it before anything newer is imported. */
export function requireNode() {
  const problem = nodeVersionProblem(process.versions.node);
  if (problem === undefined) return;
  console.error(problem);
  process.exit(1);
}
