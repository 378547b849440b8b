import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

const launcher = join(import.meta.dirname, '..', '..', '..', '..', 'bin', 'moda-training.mjs');
const startTimeoutMs = 240_000;

/** The training service as a process of its own, which may be killed and comes back at the same address. */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<unknown> = Promise.resolve();
  private output = '';

  private constructor(
    private readonly port: number,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** @param environmentOf what it is told, given its own address */
  static async start(
    environmentOf: (url: string) => Readonly<Record<string, string>>,
  ): Promise<ServiceProcess> {
    const port = await freePort();
    const service = new ServiceProcess(port, environmentOf(`http://127.0.0.1:${port}`));
    await service.start();
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** All that it has said on standard output and error, in all its lives. */
  get said(): string {
    return this.output;
  }

  /** Resolves when it says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [launcher, '--port', String(this.port)], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_LEVEL: 'warn', ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    this.child = child;
    this.ended = once(child, 'exit').finally(() => process.off('exit', kill));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    await new Promise<void>((resolve, reject) => {
      const fail = (fact: string) =>
        reject(new Error(`The training service did not get ready: ${fact}\n${this.output.slice(-4000)}`));
      const timer = setTimeout(() => {
        kill();
        fail(`nothing for ${startTimeoutMs} ms`);
      }, startTimeoutMs);
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        if (!text.includes('training ready at ')) return;
        clearTimeout(timer);
        resolve();
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        fail(`it ended with ${signal ?? code}`);
      });
    });
  }

  /** Sends it a signal and waits until it is gone. SIGKILL is what an accident looks like, SIGTERM an update. */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child, ended } = this;
    this.child = undefined;
    child?.kill(signal);
    await ended;
  }
}

/** Below the ports that the system gives to outgoing connections: such a connection could take it while the service is away. */
const [lowest, highest] = [20_000, 32_000];

async function freePort(): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
