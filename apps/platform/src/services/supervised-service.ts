import { setTimeout as sleep } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import { type Exit, type GuardedProcess, startGuarded } from './guarded-process.js';
import { type RestartPolicy, restartPolicy } from './restart-policy.js';
import { lastWords, rotateLog, sizeOfLog, withLog } from './service-log.js';

export interface SupervisedOptions {
  /** As people call it. */
  readonly title: string;
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly graceMs: number;
  /** A start that takes longer has failed (ms); two minutes if left out. */
  readonly startMs?: number;
  readonly policy?: RestartPolicy;
  /** A sentence for people. */
  readonly say: (sentence: string) => void;
  /** A process of the service was started. */
  readonly onStarted?: (started: GuardedProcess) => Promise<void>;
}

/** A service that is started again when it ends by itself. */
export interface SupervisedService {
  readonly url: string;
  /** Rejects where the service ends again and again; never resolves. */
  readonly lost: Promise<never>;
  /** Of its process of now. */
  pid(): number;
  stop(): Promise<void>;
}

const defaultStartMs = 120_000;

/**
 * Starts a service and waits until it says where it is ready.
 * @param stopped aborted where it is not wanted any more
 * @throws ModaError SERVICE_NOT_STARTED with the service's own sentence
 */
export async function superviseService(
  options: SupervisedOptions,
  stopped: AbortSignal,
): Promise<SupervisedService> {
  await rotateLog(options.logFile);
  const supervisor = new Supervisor(options, options.policy ?? restartPolicy(() => performance.now()));
  const giveUp = (): void => void supervisor.stop();
  stopped.addEventListener('abort', giveUp);
  try {
    stopped.throwIfAborted();
    const { url, process: first } = await supervisor.begin();
    void supervisor.keepUp(first);
    return {
      url,
      lost: supervisor.lost,
      pid: () => supervisor.pid(),
      stop: () => supervisor.stop(),
    };
  } catch (error) {
    stopped.throwIfAborted();
    throw error;
  } finally {
    stopped.removeEventListener('abort', giveUp);
  }
}

class Supervisor {
  readonly lost: Promise<never>;
  private lose: (error: Error) => void = () => undefined;
  private current: GuardedProcess | undefined;
  private readonly stopping = new AbortController();
  private over: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: SupervisedOptions,
    private readonly policy: RestartPolicy,
  ) {
    this.lost = new Promise((_resolve, reject) => (this.lose = reject));
    // Whoever does not wait for it is not to be ended by it.
    this.lost.catch(() => undefined);
  }

  pid(): number {
    return this.current?.pid ?? 0;
  }

  /** One start, until the service is ready. */
  async begin(): Promise<{ readonly url: string; readonly process: GuardedProcess }> {
    const { title, program, words, environment, graceMs, logFile, startMs = defaultStartMs } = this.options;
    const logged = await sizeOfLog(logFile);
    const started = await withLog(logFile, (log) =>
      startGuarded({ program, words, environment, graceMs, stdio: ['ignore', 'pipe', log] }),
    );
    this.current = started;
    await this.options.onStarted?.(started);
    if (this.stopping.signal.aborted) void started.stop();
    const patience = setTimeout(() => started.kill(), startMs);
    const url = await readyAddress(started);
    clearTimeout(patience);
    if (url !== undefined) return { url, process: started };
    const sentence = await lastWords(logFile, logged);
    throw new ModaError(
      'SERVICE_NOT_STARTED',
      `The ${title} did not start: ${sentence ?? `it ended with ${described(await started.exited)}; see ${logFile}.`}`,
      { service: title, logFile },
    );
  }

  /** Starts the service again whenever it ends, until it is stopped. */
  keepUp(first: GuardedProcess): Promise<void> {
    this.over = this.follow(first);
    return this.over;
  }

  private async follow(first: GuardedProcess): Promise<void> {
    const { title, logFile, say } = this.options;
    const { signal } = this.stopping;
    for (let running: GuardedProcess | undefined = first; ;) {
      if (running !== undefined) {
        const exit = await running.exited;
        if (signal.aborted) return;
        say(`The ${title} ended with ${described(exit)}; see ${logFile}.`);
      }
      const delayMs = this.policy.afterEnd();
      if (delayMs === undefined) {
        this.lose(
          new ModaError(
            'SERVICE_LOST',
            `The ${title} ended again and again; see ${logFile} for its reason.`,
            {
              service: title,
              logFile,
            },
          ),
        );
        return;
      }
      say(`The ${title} is started again in ${delayMs / 1000} s.`);
      try {
        await sleep(delayMs, undefined, { signal });
        const again = await this.begin();
        running = again.process;
        say(`The ${title} is back at ${again.url}.`);
      } catch (error) {
        if (signal.aborted) return;
        say((error as Error).message);
        running = undefined;
      }
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    const exit = await this.current?.stop();
    await this.over;
    if (exit?.signal === 'SIGKILL')
      this.options.say(`The ${this.options.title} did not end in time and was killed.`);
  }
}

/** Undefined where the process ends instead. */
function readyAddress({ child, exited }: GuardedProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length > maxReadyText) return;
      text += chunk;
      const url = /^\S+ ready at (\S+)\n/m.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    void exited.then(() => resolve(undefined));
  });
}

/** Nobody says more before being ready (characters). */
const maxReadyText = 65_536;

function described({ code, signal }: Exit): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : signal;
}
