import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const apps = join(import.meta.dirname, '..', '..', '..');
const startTimeoutMs = 120_000;

export type ServiceName = 'training' | 'registry' | 'gateway' | 'experiments-web' | 'marketplace-web';

export interface RunningService {
  readonly url: string;
  /** Kill -9, and the wait until it is gone. */
  kill(): Promise<void>;
}

/** Starts the built program of a service, on a free port unless it is told one, and waits until it says that it is ready. */
export async function startService(
  name: ServiceName,
  environment: Readonly<Record<string, string>>,
  port = '0',
): Promise<RunningService> {
  const child = spawn(process.execPath, [join(apps, name, 'bin', `moda-${name}.mjs`), '--port', port], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').finally(() => process.off('exit', kill));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (fact: string) =>
      reject(new Error(`The ${name} did not get ready: ${fact}\n${output.slice(-4000)}`));
    const timer = setTimeout(() => {
      kill();
      fail(`nothing for ${startTimeoutMs} ms`);
    }, startTimeoutMs);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const address = / ready at (\S+)/.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`it ended with ${signal ?? code}`);
    });
  });
  return {
    url,
    kill: async () => {
      kill();
      await ended;
    },
  };
}
