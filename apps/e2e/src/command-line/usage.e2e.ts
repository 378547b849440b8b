import { describe, expect, it } from 'vitest';
import { runModa } from '../run-moda.js';

describe('moda on the command line', () => {
  it('lists its commands when asked for help', async () => {
    const { exitCode, standardOutput } = await runModa(['--help']);
    expect(exitCode).toBe(0);
    for (const command of ['train', 'evaluate', 'decompose', 'compose', 'replace', 'analyze', 'doctor']) {
      expect(standardOutput).toMatch(new RegExp(`moda ${command}\\b`));
    }
  });

  it.each([
    ['an unknown command', ['dance']],
    ['a missing option', ['decompose']],
    ['an unknown option', ['analyze', '--model', 'nowhere', '--colour', 'red']],
    ['a model folder that is not there', ['analyze', '--model', 'nowhere']],
  ])('answers %s with exit code 2, a sentence and no stack trace', async (_what, args) => {
    const { exitCode, standardOutput, standardError } = await runModa(args);
    expect(exitCode).toBe(2);
    expect(standardOutput).toBe('');
    expect(standardError).toMatch(/\w{3}/);
    expect(standardError).not.toMatch(/^\s+at /m);
  });

  it('prints one JSON document and nothing else with --json', async () => {
    const { exitCode, standardOutput } = await runModa(['doctor', '--json']);
    expect([0, 1]).toContain(exitCode);
    expect(JSON.parse(standardOutput)).toBeTypeOf('object');
  });
});
