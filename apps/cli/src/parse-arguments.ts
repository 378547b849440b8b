import { ModaError, nearestName } from '@moda/contracts';
import yargs, { type Argv } from 'yargs';
import type { Command, Outcome, Session } from './command.js';
import { flagOf, type Option, type RawValue } from './options/option.js';

/** Words that only hold other commands. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
}

export interface CommandList {
  readonly commands: readonly Command[];
  readonly groups: readonly CommandGroup[];
}

export type OutputForm =
  { readonly as: 'text' } | { readonly as: 'json' } | { readonly as: 'csv'; readonly table: string };

/** What the arguments ask for. */
export type Request =
  | { readonly type: 'print'; readonly text: string }
  | {
      readonly type: 'run';
      readonly output: OutputForm;
      readonly interruptNote?: string | undefined;
      readonly run: (session: Session) => Promise<Outcome>;
    };

export interface ParseOptions {
  readonly version: string;
  /** Width of the help. */
  readonly columns: number;
}

const completionCommand = 'completion';
const epilogue =
  'Names with underscores are read like names with dashes (--batch_size). ' +
  'Exit codes: 0 done, 1 failed, 2 wrong usage or input, 130 interrupted.';

/**
 * Reads the command line. Loads nothing and runs nothing.
 *
 * @throws ModaError USAGE with one sentence that names the help to look at
 */
export function parseArguments(argv: readonly string[], list: CommandList, options: ParseOptions): Request {
  const args = argv.map(withDashes(argv.indexOf('--')));
  const found = callYargs(args, list, options);
  if (found.output !== undefined) return { type: 'print', text: `${found.output.trimEnd()}\n` };
  const { words, raw, command } = found;
  if (!command) return helpOrUnknown(words, raw, list, options);
  return hinting(command.path, () => {
    refuseExtras(command, words.slice(command.path.length), raw);
    const output = outputForm(command, raw);
    return { type: 'run', output, interruptNote: command.interruptNote, run: command.prepare(raw) };
  });
}

interface Found {
  /** Text that yargs itself wants to print: help, version, completion. */
  readonly output?: string;
  readonly words: readonly string[];
  readonly raw: Readonly<Record<string, RawValue>>;
  readonly command?: Command | undefined;
}

function callYargs(args: readonly string[], list: CommandList, options: ParseOptions): Found {
  let command: Command | undefined;
  let found: Found = { words: [], raw: {} };
  let failure: Error | undefined;
  const parser = configured(yargs([]), list, options, (chosen) => (command = chosen));
  // With a callback yargs collects what it would print, and as no handler waits for anything it has answered when `parse`
  // returns. It may call back more than once (completion parses twice): the last answer is the whole one.
  void parser.parse([...args], {}, (error: Error | undefined, parsed: unknown, output: string) => {
    const { _: words = [], ...raw } = parsed as { _?: readonly (string | number)[] } & Record<
      string,
      RawValue
    >;
    delete raw['$0'];
    failure = error;
    found = { ...(output === '' ? {} : { output }), words: words.map(String), raw };
  });
  if (failure) throw usage(`${oneLine(failure.message)}; see moda --help`);
  return { ...found, command };
}

function configured(
  parser: Argv,
  { commands, groups }: CommandList,
  { version, columns }: ParseOptions,
  choose: (command: Command) => void,
): Argv {
  const top = base(parser, columns)
    .scriptName('moda')
    .usage(
      'moda COMMAND [options]\n\nTrains neural networks as sets of modules; cuts, composes and replaces the modules.',
    )
    .version(version)
    .alias('help', 'h')
    .epilogue(epilogue)
    .completion(completionCommand, 'print a completion script for the shell');
  for (const command of commands.filter(({ path }) => path.length === 1)) addCommand(top, command, choose);
  for (const { name, summary } of groups) {
    top.command(
      name,
      summary,
      (group) => {
        base(group, columns).usage(`moda ${name} COMMAND [options]\n\n${sentence(summary)}`);
        for (const command of commands.filter(({ path }) => path.length === 2 && path[0] === name)) {
          addCommand(group, command, choose);
        }
        return group;
      },
      () => undefined,
    );
  }
  return top;
}

function base(parser: Argv, columns: number): Argv {
  return parser
    .locale('en')
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .exitProcess(false)
    .wrap(columns);
}

function addCommand(parser: Argv, command: Command, choose: (command: Command) => void): void {
  const entries = Object.entries(command.options);
  const placed = entries.filter(([, option]) => isPositional(option));
  const positionals = placed.map(([key, option]) => ({ name: flagOf(key, option), option }));
  const shown = positionals.map(({ name, option: { form, required } }) => {
    const word = `${name.toUpperCase()}${form === 'positionals' ? '…' : ''}`;
    return required ? word : `[${word}]`;
  });
  const words = positionals.map(({ name, option: { form } }) =>
    form === 'positionals' ? `[${name}..]` : `[${name}]`,
  );
  parser.command({
    command: [command.path.at(-1) ?? '', ...words].join(' '),
    describe: command.hidden ? false : command.summary,
    builder: (own) => {
      const required = entries.filter(([, option]) => option.required && !isPositional(option));
      const must = required.map(([key, option]) => `--${flagOf(key, option)} …`);
      own.usage(
        `${['moda', ...command.path, ...shown, ...must, '[options]'].join(' ')}\n\n${oneParagraph(command.details ?? sentence(command.summary))}`,
      );
      for (const [key, option] of entries) addOption(own, flagOf(key, option), option);
      own.option('json', {
        type: 'boolean',
        describe: 'print the result as one JSON document on standard output',
      });
      if (command.tableNames.length > 0) own.option('csv', { describe: csvHelp(command.tableNames) });
      for (const example of command.examples) own.example(example, '');
      return own;
    },
    handler: () => choose(command),
  });
}

function addOption(parser: Argv, flag: string, option: Option<unknown>): void {
  const describe = option.required ? `${option.describe} [required]` : option.describe;
  if (isPositional(option)) {
    parser.positional(flag, { describe, ...(option.form === 'positionals' ? { array: true } : {}) });
    return;
  }
  // Values stay text here: an option reads its own text, so that a sentence can quote what was given. Choices are checked
  // there too, and only shown and completed by yargs.
  parser.option(flag, {
    describe: option.choices ? `${describe} (${option.choices.join(', ')})` : describe,
    alias: [...option.aliases],
    ...(option.form === 'switch' ? { type: 'boolean' as const } : {}),
    ...(option.form === 'list' ? { array: true as const } : {}),
    ...(option.fallback === undefined ? {} : { defaultDescription: String(option.fallback) }),
  });
}

function isPositional({ form }: Option<unknown>): boolean {
  return form === 'positional' || form === 'positionals';
}

function csvHelp(names: readonly string[]): string {
  if (names.length === 1) return 'print the table as CSV on standard output';
  return `print a table as CSV on standard output: ${names.join(', ')} (the first when none is named)`;
}

function refuseExtras(
  command: Command,
  words: readonly string[],
  raw: Readonly<Record<string, RawValue>>,
): void {
  if (words[0] !== undefined) throw usage(`'${words[0]}' has no meaning for ${called(command.path)}`);
  const known = new Map<string, string>();
  for (const [key, option] of Object.entries(command.options)) {
    const flag = flagOf(key, option);
    for (const name of [flag, ...option.aliases]) known.set(name, flag);
  }
  for (const name of ['json', 'help', 'h', 'version', ...(command.tableNames.length > 0 ? ['csv'] : [])])
    known.set(name, name);
  const unknown = Object.keys(raw).find((name) => !known.has(name));
  if (unknown === undefined) return;
  const shown = `${unknown.length === 1 ? '-' : '--'}${unknown}`;
  const meant = nearestName(
    unknown,
    [...known.keys()].filter((name) => name.length > 1),
  );
  throw usage(
    `'${shown}' is not an option of ${called(command.path)}${meant ? `, perhaps --${meant} is meant` : ''}`,
  );
}

function outputForm(command: Command, raw: Readonly<Record<string, RawValue>>): OutputForm {
  const json = raw['json'] === true;
  const csv = command.tableNames.length > 0 ? raw['csv'] : undefined;
  if (csv === undefined) return { as: json ? 'json' : 'text' };
  if (json) throw usage('--json and --csv exclude each other; choose one');
  if (Array.isArray(csv)) throw usage('--csv is given more than once; give it once');
  const [first = ''] = command.tableNames;
  const table = csv === true ? first : String(csv as string);
  if (!command.tableNames.includes(table)) {
    throw usage(`--csv prints ${command.tableNames.join(' or ')}, not "${table}"`);
  }
  return { as: 'csv', table };
}

/** No command was named: help where nothing else was said either, one sentence otherwise. */
function helpOrUnknown(
  words: readonly string[],
  raw: Readonly<Record<string, RawValue>>,
  list: CommandList,
  options: ParseOptions,
): Request {
  const group = list.groups.find(({ name }) => name === words[0]);
  const path = group ? [group.name] : [];
  const word = words[path.length];
  const [stray] = Object.keys(raw);
  if (word === undefined && stray === undefined) {
    const { output = '' } = callYargs([...path, '--help'], list, options);
    return { type: 'print', text: `${output.trimEnd()}\n` };
  }
  return hinting(path, () => {
    if (word === undefined) throw usage(`'--${stray}' has no meaning without a command`);
    const names = list.commands
      .filter((command) => !command.hidden)
      .map((command) => command.path[path.length] ?? '');
    const meant = nearestName(word, group ? names : [...names, completionCommand]);
    throw usage(
      `'${word}' is not a command of ${called(path)}${meant ? `, perhaps '${meant}' is meant` : ''}`,
    );
  });
}

/** Adds the way on to a sentence about wrong usage. */
function hinting<T>(path: readonly string[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ModaError) || error.code !== 'USAGE') throw error;
    throw usage(`${error.message.replace(/\.$/, '')}; see ${called(path)} --help`, error.details);
  }
}

/** `--n_epochs=3` -> `--n-epochs=3`; what follows a lone `--` is left alone. */
function withDashes(end: number): (argument: string, position: number) => string {
  return (argument, position) =>
    end >= 0 && position > end
      ? argument
      : argument.replace(/^--[A-Za-z0-9_-]+(?==|$)/, (name) => name.replaceAll('_', '-'));
}

function called(path: readonly string[]): string {
  return ['moda', ...path].join(' ');
}

/** yargs breaks lines at the width of the screen; breaks of the source would leave single words on a line. */
function oneParagraph(text: string): string {
  return text.replaceAll('\n', ' ');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function oneLine(text: string): string {
  return text.split('\n', 1)[0]?.replace(/\.$/, '') ?? '';
}

function usage(message: string, details?: Readonly<Record<string, unknown>>): ModaError {
  return new ModaError('USAGE', `${message}.`, details);
}
