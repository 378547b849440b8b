import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from './run-command.mjs';

const node = (script) => runCommand(process.execPath, ['--eval', script]);

describe('runCommand', () => {
  it('gives the exit code', async () => {
    expect(await node('process.exit(7)')).toEqual({ code: 7, interrupted: false });
    expect(await node('')).toEqual({ code: 0, interrupted: false });
  });

  it('gives 128 and the number of the signal that ended the command', async () => {
    expect(await node('process.kill(process.pid, "SIGKILL")')).toEqual({ code: 137, interrupted: false });
  });

  it('rejects when there is no such command', async () => {
    await expect(runCommand('no-such-command-anywhere', [])).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('passes an interruption on and waits until the command has cleaned up', async () => {
    const module = JSON.stringify(join(import.meta.dirname, 'run-command.mjs'));
    const cleansUp = `
      process.on('SIGTERM', () => setTimeout(() => { console.log('cleaned up'); process.exit(0); }, 50));
      setInterval(() => {}, 1000);
      console.log('ready');`;
    const outer = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `const { runCommand } = await import(${module});
       const { code, interrupted } = await runCommand(process.execPath, ['--eval', ${JSON.stringify(cleansUp)}]);
       console.log(String(code), String(interrupted));`,
    ]);
    let output = '';
    outer.stdout.on('data', (chunk) => {
      output += chunk;
      if (String(chunk).includes('ready')) outer.kill('SIGTERM');
    });
    await once(outer, 'close');
    expect(output).toBe('ready\ncleaned up\n143 true\n');
  });
});
