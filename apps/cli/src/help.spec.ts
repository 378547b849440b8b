import { describe, expect, it } from 'vitest';
import { commandList } from './commands/command-list.js';
import { flagOf } from './options/option.js';
import { moda } from './testing/fake-surroundings.js';

const unwrapped = (text: string): string => text.replace(/\s+/g, ' ');

describe('help', () => {
  it('is what moda shows when nothing is asked, on standard output and without complaint', async () => {
    const bare = await moda([]);
    expect(bare).toEqual(await moda(['--help']));
    expect([bare.code, bare.err]).toEqual([0, '']);
    for (const { path, summary, hidden } of commandList.commands) {
      if (path.length === 1 && !hidden) expect(unwrapped(bare.out)).toContain(summary);
    }
  });

  it('of a group lists its commands', async () => {
    const { code, out } = await moda(['bench']);
    expect(code).toBe(0);
    expect(out).toContain('moda bench step');
  });

  it('does not list what is not there yet', async () => {
    expect((await moda(['--help'])).out).not.toContain('reproduce');
  });

  it.each(commandList.commands.map((command) => [command.path.join(' '), command] as const))(
    'of moda %s names every option with its default',
    async (_name, command) => {
      const { code, out, err } = await moda([...command.path, '--help']);
      expect([code, err]).toEqual([0, '']);
      const help = unwrapped(out);
      for (const [key, option] of Object.entries(command.options)) {
        expect(help).toContain(
          option.form.startsWith('positional') ? flagOf(key, option) : `--${flagOf(key, option)}`,
        );
        for (const alias of option.aliases)
          expect(help).toContain(alias.length === 1 ? `-${alias}, ` : `--${alias}`);
        if (option.fallback !== undefined) expect(help).toContain(`[default: ${option.fallback}]`);
      }
      expect(help).toContain('--json');
    },
  );

  it('keeps to the width of the terminal', async () => {
    const narrow = { write: (text: string) => (written += text), columns: 70 };
    let written = '';
    await moda(['bench', 'step', '--help'], { surroundings: { stdout: narrow } });
    const options = written.split('\n').filter((line) => line.startsWith('  '));
    expect(options.length).toBeGreaterThan(5);
    expect(Math.max(...options.map((line) => line.length))).toBeLessThanOrEqual(70);
  });

  it('loads no verbs', async () => {
    const loadExperiments = () => Promise.reject(new Error('loaded'));
    expect((await moda(['train', '--help'], { surroundings: { loadExperiments } })).code).toBe(0);
  });
});

describe('the help of a command', () => {
  it('fills its lines: a break in the source is no break on the screen', async () => {
    const { out } = await moda(['decompose', '--help']);
    expect(out).toContain('cuts the model\ninto one real, smaller network per class. Another --tau');
  });
});

describe('version and completion', () => {
  it('prints the version', async () => {
    expect(await moda(['--version'])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });

  it('prints a script for the shell', async () => {
    const { code, out } = await moda(['completion']);
    expect(code).toBe(0);
    expect(out).toContain('moda --get-yargs-completions');
  });

  it('completes commands and options', async () => {
    expect((await moda(['--get-yargs-completions', 'moda', 'de'])).out).toContain('decompose');
    expect((await moda(['--get-yargs-completions', 'moda', 'analyze', '--'])).out).toContain('--tau');
  });
});
