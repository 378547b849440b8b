import { ModaError, trainSpecSchema } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { checkDraft, draftValues, fieldErrors } from './draft';
import { checkSweep, defaultExperiment, noSweep, submitLine, sweepLine, trainLine } from './order';
import { readDraft, readList } from './read-address';
import { specFields } from './spec-fields';

const facts = { experiment: defaultExperiment, name: '', notes: '', tags: '', priority: null };

describe('The fields of the form', () => {
  it('are those of the schema, all of them', () => {
    expect(specFields.map(({ name }) => name)).toEqual(Object.keys(trainSpecSchema.shape));
  });

  it.each([
    ['arch', 'text', undefined],
    ['epochs', 'number', 200],
    ['method', 'choice', 'moda'],
    ['augment', 'switch', true],
    ['classes', 'list', undefined],
  ])('know that %s is a %s and usually %j', (name, kind, usual) => {
    expect(specFields.find((field) => field.name === name)).toMatchObject({ kind, usual });
  });

  it('say what they want, in the words of the command line', () => {
    expect(specFields.find(({ name }) => name === 'epochs')?.wanted).toBe('a whole number from 1 to 100000');
    expect(specFields.find(({ name }) => name === 'method')?.choices).toEqual(['moda', 'standard']);
  });
});

describe('A draft', () => {
  it('takes what goes with its network where nobody chose otherwise', () => {
    expect(draftValues({ arch: 'compact' })).toMatchObject({ dataset: 'digits', epochs: 12, gamma: 3 });
    expect(draftValues({ arch: 'vgg16' })).toMatchObject({ dataset: 'cifar10', epochs: 200, gamma: 0.3 });
    expect(draftValues({ arch: 'compact', epochs: 7 })).toMatchObject({ epochs: 7, gamma: 3 });
  });

  it('is a spec where all of it is right', () => {
    expect(checkDraft({ arch: 'lenet5', classes: [], dataDir: '' })).toMatchObject({
      spec: { arch: 'lenet5', epochs: 20 },
      errors: {},
    });
  });

  it('has a sentence at each field that is wrong', () => {
    const { spec, errors } = checkDraft({ arch: 'lenet5', epochs: 0, learningRate: -1, classes: ['a,b'] });
    expect(spec).toBeUndefined();
    expect(Object.keys(errors).sort()).toEqual(['classes', 'epochs', 'learningRate']);
    expect(errors['epochs']).toMatch(/^epochs has to be a whole number from 1 to 100000/);
  });

  it('takes the complaints of the service to the same fields', () => {
    const problem = new ModaError('SPEC_INVALID', 'dataset is not there.', {
      issues: [{ path: 'dataset', message: 'There is no data set "cifra10".' }],
    });
    expect(fieldErrors(problem)).toEqual({ dataset: 'There is no data set "cifra10".' });
    expect(fieldErrors(new Error('away'))).toEqual({});
  });
});

describe('The address of the form', () => {
  it('fills fields in, and leaves out what cannot be read', () => {
    expect(
      readDraft({ arch: 'vgg16', gamma: '0.3', epochs: 'many', classes: '0, 1', augment: 'false', x: '1' }),
    ).toEqual({ arch: 'vgg16', gamma: 0.3, classes: ['0', '1'], augment: false });
  });

  it('reads lists with commas', () => {
    expect(readList(' 1, 2 ,,3 ')).toEqual(['1', '2', '3']);
  });
});

describe('The command', () => {
  const spec = checkDraft({ arch: 'compact', seed: 7 }).spec!;

  it('submits the same run', () => {
    expect(submitLine(spec, facts)).toBe(
      'npx moda runs submit --arch compact --epochs 12 --gamma 3 --seed 7',
    );
  });

  it('says name, place and notes, safe for a shell', () => {
    expect(
      submitLine(spec, { experiment: 'night', name: "Ada's", notes: '', tags: 'a, b', priority: 5 }),
    ).toMatch(/ --experiment night --name 'Ada'\\''s' --tag a,b --priority 5$/);
  });

  it('trains the same where it is typed', () => {
    expect(trainLine(spec)).toBe('npx moda train --arch compact --epochs 12 --gamma 3 --seed 7 --out model');
  });
});

describe('A sweep', () => {
  const spec = checkDraft({ arch: 'compact' }).spec!;

  it('is a run for each combination', () => {
    const { grid, specs, errors } = checkSweep(spec, { ...noSweep, gamma: '0.3, 3', seed: '1,2,3' });
    expect(grid).toEqual({ gamma: [0.3, 3], seed: [1, 2, 3] });
    expect(specs).toHaveLength(6);
    expect(errors).toEqual({});
    expect(sweepLine(spec, grid, facts)).toBe(
      'npx moda runs sweep --gamma 0.3,3 --seed 1,2,3 --arch compact --epochs 12',
    );
  });

  it('says at which list it is wrong', () => {
    expect(checkSweep(spec, { ...noSweep, seed: '1, one' }).errors['seed']).toMatch(/seed/);
    expect(checkSweep(spec, { ...noSweep, seed: '1, 1' }).errors['seed']).toBe(
      'seed has a value twice; give each once.',
    );
  });
});
