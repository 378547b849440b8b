import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  goodService,
  refusingService,
  stubbornService,
  temporaryFolder,
  writeProgram,
} from '../testing/fake-programs.js';
import { type SupervisedOptions, type SupervisedService, superviseService } from './supervised-service.js';

interface Supervised {
  readonly options: SupervisedOptions;
  /** What people were told. */
  readonly said: string[];
  readonly start: (stopped?: AbortSignal) => Promise<SupervisedService>;
}

async function supervise(lines: string, given: Partial<SupervisedOptions> = {}): Promise<Supervised> {
  const folder = await temporaryFolder();
  const said: string[] = [];
  const options: SupervisedOptions = {
    title: 'example',
    program: await writeProgram(folder, lines),
    words: [],
    environment: process.env,
    logFile: join(folder, 'logs', 'example.log'),
    graceMs: 10_000,
    say: (sentence) => said.push(sentence),
    policy: { afterEnd: () => 0 },
    ...given,
  };
  const start = async (stopped = new AbortController().signal): Promise<SupervisedService> => {
    const service = await superviseService(options, stopped);
    onTestFinished(() => service.stop());
    return service;
  };
  return { options, said, start };
}

describe('a service under supervision', () => {
  it('is there when it says so, with its log in a file', async () => {
    const { options, start } = await supervise(goodService);
    const service = await start();
    expect(service.url).toBe('http://127.0.0.1:4711');
    expect(await readFile(options.logFile, 'utf8')).toBe('{"msg":"started"}\n');
  });

  it('begins a new log with each start, and keeps the last three', async () => {
    const { options, start } = await supervise(goodService);
    for (let count = 0; count < 4; count += 1) {
      await (await start()).stop();
      await writeFile(options.logFile, `log ${count}`);
    }
    await (await start()).stop();
    const logs = ['', '.1', '.2', '.3'].map((end) => readFile(`${options.logFile}${end}`, 'utf8'));
    expect(await Promise.all(logs)).toEqual(['{"msg":"started"}\n', 'log 3', 'log 2', 'log 1']);
  });

  it('that cannot start passes on its own sentence', async () => {
    const { start } = await supervise(refusingService);
    await expect(start()).rejects.toMatchObject({
      code: 'SERVICE_NOT_STARTED',
      message: 'The example did not start: The database is in use by process 7; stop that one.',
    });
  });

  it('that cannot start and says nothing is told by how it ended', async () => {
    const { options, start } = await supervise('process.exit(3)');
    await expect(start()).rejects.toMatchObject({
      message: `The example did not start: it ended with exit code 3; see ${options.logFile}.`,
    });
  });

  it('that does not get ready in time is ended', async () => {
    const { start } = await supervise('setInterval(() => {}, 1000)', { startMs: 300 });
    await expect(start()).rejects.toMatchObject({
      message: expect.stringContaining('it ended with SIGKILL') as string,
    });
  });

  it('is started again when it dies, and people hear of it', async () => {
    const { options, said, start } = await supervise(goodService);
    const service = await start();
    const first = service.pid();
    process.kill(first, 'SIGKILL');
    await expect.poll(() => said, { timeout: 10_000 }).toHaveLength(3);
    expect(said).toEqual([
      `The example ended with SIGKILL; see ${options.logFile}.`,
      'The example is started again in 0 s.',
      'The example is back at http://127.0.0.1:4711.',
    ]);
    expect(service.pid()).not.toBe(first);
  });

  it('that dies again and again is given up', async () => {
    const delays = [0, 0, undefined];
    const { said, start } = await supervise(
      `process.stdout.write('weak ready at http://127.0.0.1:4711\\n', () => process.exit(4));`,
      { policy: { afterEnd: () => delays.shift() } },
    );
    const { lost } = await start();
    await expect(lost).rejects.toMatchObject({
      code: 'SERVICE_LOST',
      message: expect.stringMatching(/^The example ended again and again; see /) as string,
    });
    expect(said.filter((sentence) => sentence.includes('exit code 4'))).toHaveLength(3);
  });

  it('is not started again when it was stopped', async () => {
    const { said, start } = await supervise(goodService);
    const service = await start();
    await service.stop();
    expect(said).toEqual([]);
    expect(() => process.kill(service.pid(), 0)).toThrow('ESRCH');
  });

  it('that does not end is killed, and people hear of it', async () => {
    const { said, start } = await supervise(stubbornService, { graceMs: 200 });
    await (await start()).stop();
    expect(said).toEqual(['The example did not end in time and was killed.']);
  });

  it('is ended when it is not wanted any more before it is ready', async () => {
    const stopped = new AbortController();
    let pid = 0;
    const { start } = await supervise('setInterval(() => {}, 1000)', {
      onStarted: async (started) => {
        pid = started.pid;
        stopped.abort(new Error('not wanted'));
      },
    });
    await expect(start(stopped.signal)).rejects.toThrow('not wanted');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
