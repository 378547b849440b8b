/** What yargs may have found for an option: absent, `--flag` alone, `--flag value`, or several values. */
export type RawValue = string | number | boolean | readonly (string | number | boolean)[] | undefined;

/**
 * An option of a command as data: the same line makes the help, the range check and the value's type, so that they agree.
 */
export interface Option<T> {
  /** Other names, in kebab case, or one letter; names with underscores are read as kebab case everywhere. */
  readonly aliases: readonly string[];
  /** The name where it is not simply the key in kebab case. */
  readonly flag?: string;
  /** What the help says; ranges and units belong here. */
  readonly describe: string;
  /** What stands for the value in the help and in sentences, e.g. `DIR`. */
  readonly placeholder?: string;
  readonly form: 'value' | 'list' | 'switch' | 'positional' | 'positionals';
  readonly required: boolean;
  /** Shown in the help. */
  readonly fallback?: string | number | undefined;
  readonly choices?: readonly string[];
  /**
   * The typed value.
   *
   * @param name the option as the person knows it, e.g. `--epochs`, for sentences
   * @throws ModaError USAGE, one sentence
   */
  read(raw: RawValue, name: string): T;
}

/** Options by key; the key is the verb's name for it (`batchSize`) and its kebab case the flag (`--batch-size`). */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** The typed values of a set of options. */
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** `batchSize` -> `batch-size`. */
export function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The name of an option on the command line, without the dashes. */
export function flagOf(key: string, option: Option<unknown>): string {
  return option.flag ?? kebab(key);
}
