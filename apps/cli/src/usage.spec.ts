import { describe, expect, it } from 'vitest';
import { moda } from './testing/fake-surroundings.js';

/** The one line on standard error, and nothing on standard output. */
async function complaint(...argv: string[]): Promise<string> {
  const { code, out, err } = await moda(argv);
  expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 2, out: '', lines: 2 });
  return err.trimEnd();
}

describe('wrong usage is one sentence and exit code 2', () => {
  it('for a command that does not exist, with the nearest one', async () => {
    expect(await complaint('trian')).toBe(
      "moda: 'trian' is not a command of moda, perhaps 'train' is meant; see moda --help. [USAGE]",
    );
  });

  it('for a command that resembles none', async () => {
    expect(await complaint('xylophone')).toBe(
      "moda: 'xylophone' is not a command of moda; see moda --help. [USAGE]",
    );
  });

  it('for a command of a group', async () => {
    expect(await complaint('bench', 'stepp')).toBe(
      "moda: 'stepp' is not a command of moda bench, perhaps 'step' is meant; see moda bench --help. [USAGE]",
    );
  });

  it('for an option that does not exist, with the nearest one', async () => {
    expect(await complaint('analyze', '--modle', 'm')).toBe(
      "moda: '--modle' is not an option of moda analyze, perhaps --model is meant; see moda analyze --help. [USAGE]",
    );
  });

  it('for a short option, of which there are none', async () => {
    expect(await complaint('analyze', '--model', 'm', '-x')).toContain(
      "'-x' is not an option of moda analyze",
    );
  });

  it('for words that no option takes', async () => {
    expect(await complaint('analyze', 'm')).toBe(
      "moda: 'm' has no meaning for moda analyze; see moda analyze --help. [USAGE]",
    );
  });

  it('for an option before any command', async () => {
    expect(await complaint('--tau', '0.5')).toContain('see moda --help');
  });

  it('for a missing option', async () => {
    expect(await complaint('analyze')).toBe(
      'moda: --model is missing; give it a model folder; see moda analyze --help. [USAGE]',
    );
  });

  it('for a missing positional', async () => {
    expect(await complaint('export', '--out', 'x')).toContain('MODEL is missing; give it a model folder');
  });

  it('for an option without its value', async () => {
    expect(await complaint('analyze', '--model')).toContain('--model needs a value');
    expect(await complaint('analyze', '--model', '')).toContain('--model is empty');
    expect(await complaint('compose', '--model', 'm', '--out', 'o', '--classes')).toContain(
      '--classes needs at least one value',
    );
  });

  it('for an option that is given twice', async () => {
    expect(await complaint('analyze', '--model', 'a', '--model', 'b')).toContain(
      '--model is given 2 times; give it once',
    );
  });

  it.each([
    ['--epochs', '0', 'a whole number from 1 to 100000, not 0'],
    ['--epochs', '1.5', 'a whole number from 1 to 100000, not 1.5'],
    ['--epochs', 'many', 'a whole number from 1 to 100000, not many'],
    ['--epochs', '1e400', 'a whole number from 1 to 100000, not 1e400'],
    ['--epochs', '0x10', 'a whole number from 1 to 100000, not 0x10'],
    ['--batch-size', '-8', 'a whole number from 1 to 65536, not -8'],
    ['--learning-rate', '0', 'a number above 0, not 0'],
    ['--learning-rate', 'NaN', 'a number above 0, not NaN'],
    ['--alpha', '-1', 'a number, 0 or more, not -1'],
    ['--seed', '4294967296', 'a whole number from 0 to 4294967295, not 4294967296'],
    ['--method', 'sgd', 'one of moda, standard, mwt, not "sgd"'],
  ])('for %s %s', async (flag, value, expected) => {
    expect(await complaint('train', '--arch', 'lenet5', '--out', 'o', flag, value)).toBe(
      `moda: ${flag} has to be ${expected}; see moda train --help. [USAGE]`,
    );
  });

  it.each(['0', '1.01', '-0.5', ''])('for a tau of "%s"', async (tau) => {
    expect(await complaint('analyze', '--model', 'm', `--tau=${tau}`)).toContain(
      '--tau has to be a number above 0 and at most 1',
    );
  });

  it('for a size that is none', async () => {
    expect(await complaint('bench', 'step', '--arch', 'vgg16', '--input', '32x32')).toContain(
      '--input has to be a size such as 32x32x3',
    );
  });

  it('for two forms of output at once, and for a table that is not there', async () => {
    expect(await complaint('analyze', '--model', 'm', '--csv', 'sizes')).toContain(
      '--csv prints modules or overlap or jaccard or layers, not "sizes"',
    );
    expect((await moda(['analyze', '--model', 'm', '--csv', '--json'])).err).toContain(
      '--json and --csv exclude each other',
    );
  });

  it('for --csv where there is no table', async () => {
    expect(await complaint('predict', '--csv', '--model', 'm', '--input', 'x', '--output', 'y')).toContain(
      "'--csv' is not an option of moda predict",
    );
  });
});

describe('commands of a later release', () => {
  it.each([[['reproduce', 'rq1']], [['data', 'fetch', 'cifar10']]])('say so: %j', async (argv) => {
    const { code, err } = await moda(argv);
    expect(code).toBe(2);
    expect(err).toMatch(/^moda: .* comes with a later release.* \[NOT_AVAILABLE_YET\]\n$/);
  });

  it('so does the method mwt', async () => {
    const { code, err } = await moda(['train', '--arch', 'vgg16', '--out', 'o', '--method', 'mwt']);
    expect([code, err]).toEqual([
      2,
      'moda: Training with --method mwt comes with a later release; choose moda or standard. [METHOD_NOT_SUPPORTED]\n',
    ]);
  });
});
