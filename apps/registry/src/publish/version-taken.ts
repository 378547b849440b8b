import { type Problem, problem } from '../problem/problem.js';

/** A name is given once: who publishes other bytes needs another version. */
export function versionTaken(name: string, existingDigest: string): Problem {
  return problem(
    'VERSION_TAKEN',
    `${name} is released already with other contents, ${existingDigest}; publish yours under another version.`,
    { details: { existingDigest } },
  );
}
