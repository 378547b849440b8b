import type { RunContext } from '@moda/experiments';
import { ModaError } from '@moda/contracts';
import { flagOf, type Options, type RawValue, type Values } from './options/option.js';
import type { Table } from './output/table.js';
import type { Experiments, Library, Machine } from './surroundings.js';

/** What a command gets when it runs. */
export interface Session {
  readonly experiments: () => Promise<Experiments>;
  readonly library: () => Promise<Library>;
  readonly context: RunContext;
  readonly machine: Machine;
  /** The form in which the result is wanted. */
  readonly output: 'text' | 'json' | 'csv';
  /** Shows a line of the result before the rest of it is there; nothing where the result is a document or a table. */
  readonly print: (line: string) => void;
}

export interface CommandSpec<O extends Options, R> {
  /** The words that call it: `['bench', 'step']`. */
  readonly path: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  /** More for its own help. */
  readonly details?: string;
  readonly examples?: readonly string[];
  readonly options: O;
  /** Not in the list of commands. */
  readonly hidden?: boolean;
  run(values: Values<O>, session: Session): Promise<R>;
  /** The result as a person reads it; an empty text is not printed. */
  show(result: R, values: Values<O>): string;
  /** The result's tables for `--csv`, the main one first. */
  readonly tables?: Readonly<Record<string, (result: R) => Table>>;
  /** 0 unless said otherwise. */
  exitCode?(result: R): number;
  /** What is said when the person wants to stop, where the work under way is not this command's. */
  readonly interruptNote?: string;
  /** Its exit code counts also where somebody wanted to stop: the work was told, and ended in its own way. */
  readonly endsByItself?: boolean;
}

/** What came of a run, ready to be printed in any form. */
export interface Outcome {
  /** What `--json` prints. */
  readonly document: unknown;
  readonly text: () => string;
  readonly table: (name: string) => Table;
  readonly exitCode: number;
  readonly endsByItself: boolean;
}

/** A command whose value and result types are its own affair. */
export interface Command {
  readonly path: readonly string[];
  readonly summary: string;
  readonly details?: string;
  readonly examples: readonly string[];
  readonly options: Options;
  readonly hidden: boolean;
  readonly tableNames: readonly string[];
  readonly interruptNote?: string;
  /**
   * Checks everything that can be checked without running.
   *
   * @throws ModaError USAGE
   */
  prepare(raw: Readonly<Record<string, RawValue>>): (session: Session) => Promise<Outcome>;
}

export function defineCommand<O extends Options, R>(spec: CommandSpec<O, R>): Command {
  const tables = spec.tables ?? {};
  return {
    path: spec.path,
    summary: spec.summary,
    ...(spec.details === undefined ? {} : { details: spec.details }),
    examples: spec.examples ?? [],
    options: spec.options,
    hidden: spec.hidden ?? false,
    tableNames: Object.keys(tables),
    ...(spec.interruptNote === undefined ? {} : { interruptNote: spec.interruptNote }),
    prepare: (raw) => {
      const values = readValues(spec.options, raw);
      return async (session) => {
        const result = await spec.run(values, session);
        return {
          document: result,
          text: () => spec.show(result, values),
          table: (name) => {
            const make = tables[name];
            if (!make) throw new ModaError('USAGE', `There is no table "${name}".`);
            return make(result);
          },
          exitCode: spec.exitCode?.(result) ?? 0,
          endsByItself: spec.endsByItself ?? false,
        };
      };
    },
  };
}

function readValues<O extends Options>(options: O, raw: Readonly<Record<string, RawValue>>): Values<O> {
  const entries = Object.entries(options).map(([key, option]) => {
    const flag = flagOf(key, option);
    const name = option.form.startsWith('positional') ? flag.toUpperCase() : `--${flag}`;
    return [key, option.read(raw[flag], name)] as const;
  });
  // The entries are the options' keys with what each option's reader returned.
  return Object.fromEntries(entries) as Values<O>;
}
