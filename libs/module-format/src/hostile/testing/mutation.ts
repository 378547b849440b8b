/** A changed file. */
export interface Mutation {
  /** What was done to it, for the message of a failure. */
  readonly what: string;
  readonly bytes: Uint8Array;
  /**
   * What is known beforehand: `refused`, `equal` (the same content in other bytes) and `changed` (another sound content)
   * leave no choice; `as it reads` is refused, or accepted with exactly what a plain reading finds at the announced places.
   */
  readonly outcome: 'refused' | 'equal' | 'changed' | 'as it reads';
}

/** How one kind of file is judged. Contents are texts that are equal where the contents are. */
export interface FileKind {
  readonly name: string;
  readonly file: Uint8Array;
  readonly mutate: (mutation: number) => Mutation;
  /** The content by the reader under test. */
  readonly read: (bytes: Uint8Array) => string;
  /** The content by a reader that checks nothing and shares no code with the other. */
  readonly readPlainly: (bytes: Uint8Array) => string;
}
