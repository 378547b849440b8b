import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processStart } from '@moda/service-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { goodService, stubbornService, temporaryFolder, writeProgram } from '../testing/fake-programs.js';
import { type GuardedProcess, startGuarded } from './guarded-process.js';

async function start(
  lines: string,
  graceMs = 10_000,
  words: readonly string[] = [],
): Promise<GuardedProcess> {
  const program = await writeProgram(await temporaryFolder(), lines);
  const started = await startGuarded({
    program,
    words,
    environment: process.env,
    graceMs,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => started.kill());
  return started;
}

async function ready({ child }: GuardedProcess): Promise<string> {
  const [text] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
  return text;
}

describe('a process that is started under guard', () => {
  it('gets its own arguments', async () => {
    const started = await start(`console.log(process.argv.slice(2).join('|'))`, 1_000, ['--port', 'a b']);
    expect(await ready(started)).toBe('--port|a b\n');
    expect(await started.exited).toEqual({ code: 0, signal: null });
  });

  it('ends in order when it is told to', async () => {
    const started = await start(goodService);
    await ready(started);
    expect(await started.stop()).toEqual({ code: 0, signal: null });
    expect(started.isGone()).toBe(true);
  });

  it('ends by force where it does not listen', async () => {
    const started = await start(stubbornService, 200);
    await ready(started);
    expect(await started.stop()).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('ends in order when whoever started it is gone', async () => {
    const started = await start(goodService);
    await ready(started);
    started.child.disconnect();
    expect(await started.exited).toEqual({ code: 0, signal: null });
  });

  it('ends by force when whoever started it is gone and it does not listen', async () => {
    const started = await start(stubbornService, 200);
    await ready(started);
    started.child.disconnect();
    expect(await started.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it.skipIf(process.platform !== 'linux')('takes what it has started with it when it is killed', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'pid');
    const grandchild = await writeProgram(folder, 'setInterval(() => {}, 1000);');
    const started = await start(
      `import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      const child = spawn(process.execPath, [${JSON.stringify(grandchild)}], { detached: true });
      writeFileSync(${JSON.stringify(file)}, String(child.pid));
      console.log('ready');`,
    );
    await ready(started);
    const pid = Number(await readFile(file, 'utf8'));
    expect(await processStart(pid)).toBeDefined();
    started.kill();
    await started.exited;
    await expect.poll(() => processStart(pid)).toBeUndefined();
  });
});
