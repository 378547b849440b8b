/** What a run may ask for at most. A spec may come from anyone who reaches the service: each limit says what it protects. */
export const trainSpecLimits = {
  /** The curves of all epochs are kept in memory and written into every checkpoint. */
  epochs: 100_000,
  /** A batch and its activations are in memory at once. */
  batchSize: 65_536,
  /** Random numbers start from 32 bits. */
  seed: 2 ** 32 - 1,
  /** Years of steps; small enough that counts of steps and of their metric points stay exact. */
  maxSteps: 1_000_000_000,
  /** More images than any data set has that is read into memory. */
  trainLimit: 1_000_000_000,
  /** More than any data set has. */
  classes: 1000,
  /** Characters of one class; with `classes` of them the list still fits into one argument of a command line. */
  className: 100,
  /** Characters of a name or path: as many as systems allow for a path. */
  text: 4096,
} as const;
