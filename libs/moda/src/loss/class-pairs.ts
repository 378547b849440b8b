/** How the samples of a batch pair up by class. Labels are host data, so all of this is known before a tensor is touched. */
export interface ClassPairs {
  /** Labels that occur in the batch, ascending. */
  readonly classes: readonly number[];
  /** For every sample, the position of its label in `classes`. */
  readonly positions: readonly number[];
  /** Number of pairs i < j with the same label. */
  readonly same: number;
  /** Number of pairs i < j with different labels. */
  readonly different: number;
}

export function classPairs(labels: ArrayLike<number>): ClassPairs {
  const samples = Array.from(labels);
  const classes = [...new Set(samples)].sort((a, b) => a - b);
  const positionOf = new Map(classes.map((label, position) => [label, position]));
  const positions = samples.map((label) => positionOf.get(label) ?? 0);
  const sizes = new Array<number>(classes.length).fill(0);
  for (const position of positions) sizes[position] = (sizes[position] ?? 0) + 1;
  const same = sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  return { classes, positions, same, different: (samples.length * (samples.length - 1)) / 2 - same };
}

/**
 * `[batch, classes + 1]`, row-major: a column of ones and zeros for every class that occurs, then a column of ones. Its
 * transpose times the normalised activations gives the class sums S_c and, in the last row, their total T.
 */
export function classMembership(pairs: ClassPairs): Float32Array {
  const columns = pairs.classes.length + 1;
  const membership = new Float32Array(pairs.positions.length * columns);
  pairs.positions.forEach((position, sample) => {
    membership[sample * columns + position] = 1;
    membership[sample * columns + columns - 1] = 1;
  });
  return membership;
}
