import { describe, expect, it } from 'vitest';
import { type Fakes, moda } from './testing/fake-surroundings.js';

/** What a verb is called with for a command line. */
async function optionsOf(
  verb: keyof NonNullable<Fakes['verbs']>,
  argv: readonly string[],
): Promise<Record<string, unknown>> {
  let seen: Record<string, unknown> | undefined;
  const stop = new Error('seen');
  await moda(argv, {
    verbs: {
      [verb]: (options: Record<string, unknown>) => {
        seen = options;
        throw stop;
      },
    },
  });
  if (!seen) throw new Error(`moda ${argv.join(' ')} did not reach ${verb}`);
  return Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined));
}

describe('moda train', () => {
  it('uses the recipe of the paper unless told otherwise', async () => {
    expect(await optionsOf('trainModel', ['train', '--arch', 'vgg16', '--out', 'o'])).toEqual({
      arch: 'vgg16',
      dataset: 'digits',
      method: 'moda',
      out: 'o',
      epochs: 200,
      batchSize: 128,
      learningRate: 0.05,
      alpha: 1,
      beta: 1,
      gamma: 0.3,
      seed: 42,
      resume: false,
      checkpointEvery: 1,
      initLayout: 'pytorch',
      shuffle: true,
      augment: true,
    });
  });

  it('takes every option', async () => {
    const argv =
      'train --arch net.json --dataset cifar10 --data-dir d --method standard --out o --epochs 3 --batch-size 16 ' +
      '--learning-rate 1e-3 --alpha 2 --beta 0 --gamma .5 --seed 0 --classes 0,3 --resume --checkpoint-every 2 --init w ' +
      '--init-layout native --no-shuffle --no-augment --max-steps 9 --train-limit 100';
    expect(await optionsOf('trainModel', argv.split(' '))).toEqual({
      arch: 'net.json',
      dataset: 'cifar10',
      dataDir: 'd',
      method: 'standard',
      out: 'o',
      epochs: 3,
      batchSize: 16,
      learningRate: 0.001,
      alpha: 2,
      beta: 0,
      gamma: 0.5,
      seed: 0,
      classes: ['0', '3'],
      resume: true,
      checkpointEvery: 2,
      init: 'w',
      initLayout: 'native',
      shuffle: false,
      augment: false,
      maxSteps: 9,
      trainLimit: 100,
    });
  });

  it("takes the names of the authors' scripts", async () => {
    const argv =
      'train --model vgg16 --dataset cifar10 --out o --n_epochs 7 --batch_size 64 --learning_rate 0.1 --wf_affinity 0.5 ' +
      '--wf_dispersion 0.6 --wf_compactness 0.7 --checkpoint_every_n_epochs 5 --target_classes 0 1';
    expect(await optionsOf('trainModel', argv.split(' '))).toMatchObject({
      arch: 'vgg16',
      epochs: 7,
      batchSize: 64,
      learningRate: 0.1,
      alpha: 0.5,
      beta: 0.6,
      gamma: 0.7,
      checkpointEvery: 5,
      classes: ['0', '1'],
    });
  });

  it('takes --dataloader_num_workers, and says that it has no effect', async () => {
    const argv = ['train', '--arch', 'lenet5', '--out', 'o', '--dataloader_num_workers', '4'];
    expect(await optionsOf('trainModel', argv)).not.toHaveProperty('dataloaderNumWorkers');
    const { err } = await moda(argv, { verbs: { trainModel: () => ({ finished: false, history: [] }) } });
    expect(err).toContain('--dataloader-num-workers has no effect here');
  });
});

describe('values', () => {
  it.each([
    [['--classes', '0,3,5']],
    [['--classes', '0', '3', '5']],
    [['--classes', '0', '--classes', '3,5']],
    [['--classes=0, 3 ,5']],
    [['--target_classes', '0', '3', '5']],
  ])('lists are read from %j', async (argv) => {
    expect(await optionsOf('composeModel', ['compose', '--model', 'm', '--out', 'o', ...argv])).toMatchObject(
      {
        classes: ['0', '3', '5'],
      },
    );
  });

  it('a path or a class that looks like a number stays text', async () => {
    expect(await optionsOf('composeModel', 'compose --model 007 --out 1e3 --classes 08'.split(' '))).toEqual({
      model: '007',
      out: '1e3',
      classes: ['08'],
      tau: 0.9,
    });
  });

  it('several thresholds are numbers', async () => {
    expect(await optionsOf('sweepTau', 'sweep --model m --tau 0.1,0.5 1'.split(' '))).toEqual({
      model: 'm',
      tau: [0.1, 0.5, 1],
      subtasksPerSize: 3,
      seed: 42,
    });
  });

  it('--activation_rate_threshold is tau', async () => {
    expect(
      await optionsOf('decomposeModel', 'decompose --model m --activation_rate_threshold 0.8'.split(' ')),
    ).toEqual({
      model: 'm',
      tau: 0.8,
    });
  });

  it('--target_class and --repair_strategy are those of replace', async () => {
    const argv = 'replace --weak w --strong s --target_class 3 --repair_strategy cnnsplitter --out o';
    expect(await optionsOf('replaceClass', argv.split(' '))).toEqual({
      weak: 'w',
      strong: 's',
      class: '3',
      strategy: 'cnnsplitter',
      tau: 0.9,
      out: 'o',
      epochs: 5,
      learningRate: 0.05,
      batchSize: 128,
      seed: 42,
    });
  });

  it('positionals and sizes reach import, export and bench', async () => {
    expect(
      await optionsOf(
        'importModel',
        'import w.safetensors --arch vgg16 --classes 10 --out o --input 64x48x3'.split(' '),
      ),
    ).toEqual({
      file: 'w.safetensors',
      arch: 'vgg16',
      classes: 10,
      layout: 'pytorch',
      out: 'o',
      input: { height: 64, width: 48, channels: 3 },
    });
    expect(await optionsOf('exportModel', 'export m --layout pytorch --out x'.split(' '))).toEqual({
      model: 'm',
      format: 'safetensors',
      layout: 'pytorch',
      out: 'x',
    });
    expect(await optionsOf('exportModel', 'export m --format tfjs --out x'.split(' '))).toEqual({
      model: 'm',
      format: 'tfjs',
      out: 'x',
    });
    expect(await optionsOf('benchStep', 'bench step --arch vgg16'.split(' '))).toEqual({
      arch: 'vgg16',
      batchSize: 128,
      steps: 8,
      seed: 42,
    });
  });

  it('the remaining verbs get theirs', async () => {
    expect(await optionsOf('evaluateModel', 'evaluate --model m --classes 1,2 --limit 5'.split(' '))).toEqual(
      {
        model: 'm',
        classes: ['1', '2'],
        limit: 5,
      },
    );
    expect(
      await optionsOf('predictFile', 'predict --model m --input x --output y --layout nchw'.split(' ')),
    ).toEqual({
      model: 'm',
      input: 'x',
      output: 'y',
      layout: 'nchw',
    });
    expect(await optionsOf('lossesOfFile', 'losses --model m --input x --gradients g'.split(' '))).toEqual({
      model: 'm',
      input: 'x',
      layout: 'nhwc',
      gradients: 'g',
      gradientLayout: 'native',
      alpha: 1,
      beta: 1,
      gamma: 0.3,
    });
    expect(await optionsOf('analyzeModel', 'analyze --model m'.split(' '))).toEqual({ model: 'm', tau: 0.9 });
  });
});
