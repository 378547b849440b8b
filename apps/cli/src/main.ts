import { isModaError, ModaError } from '@moda/contracts';
import { commandList } from './commands/command-list.js';
import type { Outcome, Session } from './command.js';
import { exitCodeOf, exitCodes } from './exit-codes.js';
import { describeError, errorDocument, errorLine } from './output/describe-error.js';
import { toJson } from './output/json.js';
import { tableRows } from './output/table.js';
import { type OutputForm, parseArguments, type Request } from './parse-arguments.js';
import { createReporter, type Reporter } from './progress/reporter.js';
import type { Surroundings } from './surroundings.js';
import { terminalSurroundings } from './terminal-surroundings.js';
import { warnOfFallback } from './warn-of-fallback.js';

const helpColumns = 110;
const stopNote = 'Stopping after the step under way; press Ctrl-C again to stop at once.';

/**
 * Runs one command line and answers with the exit code: 0 done, 1 failed, 2 wrong usage or input, 130 interrupted.
 *
 * @param argv the arguments after `moda`
 */
export async function main(argv: readonly string[], given: Partial<Surroundings> = {}): Promise<number> {
  const surroundings = { ...terminalSurroundings(), ...given };
  const { stdout, version } = surroundings;
  let request: Request;
  try {
    const columns = Math.min(helpColumns, stdout.columns ?? helpColumns);
    request = parseArguments(argv, commandList, { version, columns });
  } catch (error) {
    // What form was wanted is unknown when the arguments make no sense; asking for JSON anywhere is taken at its word.
    return fail(error, argv.includes('--json'), surroundings);
  }
  if (request.type === 'print') {
    stdout.write(request.text);
    return exitCodes.done;
  }
  return execute(request, surroundings);
}

async function execute(
  { run, output, interruptNote = stopNote }: Extract<Request, { type: 'run' }>,
  surroundings: Surroundings,
): Promise<number> {
  const { stdout, stderr, now } = surroundings;
  const controller = new AbortController();
  const reporter = createReporter(stderr, now);
  const stopListening = surroundings.onInterrupt(() => {
    if (controller.signal.aborted) return;
    reporter.report({ type: 'note', message: interruptNote });
    controller.abort();
  });
  try {
    const outcome = await run(openSession(surroundings, controller.signal, reporter, output));
    reporter.end();
    stdout.write(await printed(outcome, output, surroundings));
    const stopped = controller.signal.aborted && !outcome.endsByItself;
    return stopped ? exitCodes.interrupted : outcome.exitCode;
  } catch (error) {
    reporter.end();
    const stopped = controller.signal.aborted && !isModaError(error);
    const code = fail(stopped ? interrupted() : error, output.as === 'json', surroundings);
    return controller.signal.aborted ? exitCodes.interrupted : code;
  } finally {
    stopListening();
  }
}

function openSession(
  surroundings: Surroundings,
  signal: AbortSignal,
  reporter: Reporter,
  { as: form }: OutputForm,
): Session {
  const onProgress = (event: Parameters<Reporter['report']>[0]): void => reporter.report(event);
  let opening: ReturnType<Surroundings['openBackend']> | undefined;
  const open = async (): ReturnType<Surroundings['openBackend']> => {
    const backend = await surroundings.openBackend();
    warnOfFallback(backend.device, onProgress);
    return backend;
  };
  return {
    experiments: surroundings.loadExperiments,
    library: surroundings.loadLibrary,
    machine: surroundings.machine,
    output: form,
    print: (line) => {
      if (form !== 'text') return;
      reporter.end();
      surroundings.stdout.write(`${line}\n`);
    },
    context: { backend: () => (opening ??= open()), onProgress, signal },
  };
}

async function printed(
  outcome: Outcome,
  output: OutputForm,
  { loadExperiments }: Surroundings,
): Promise<string> {
  if (output.as === 'json') return toJson(outcome.document);
  if (output.as === 'text') {
    const text = outcome.text();
    return text === '' ? '' : `${text}\n`;
  }
  const { csv } = await loadExperiments();
  return csv(tableRows(outcome.table(output.table)));
}

function fail(error: unknown, json: boolean, { stdout, stderr, debug }: Surroundings): number {
  const report = describeError(error);
  if (json) stdout.write(toJson(errorDocument(report)));
  stderr.write(errorLine(report));
  if (debug && error instanceof Error && error.stack) stderr.write(`${error.stack}\n`);
  return exitCodeOf(error);
}

function interrupted(): ModaError {
  return new ModaError('INTERRUPTED', 'Interrupted before it was done; run the same command again.');
}
