import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModaError } from '../moda-error.js';
import { parseTrainSpec } from './parse-train-spec.js';
import { trainDefaults } from './train-defaults.js';

function refusal(value: unknown): ModaError {
  try {
    parseTrainSpec(value);
  } catch (error) {
    if (error instanceof ModaError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(value)} was not refused`);
}

function withField(field: string, value: unknown): unknown {
  return { arch: 'lenet5', [field]: value };
}

describe('a run', () => {
  it('is the recipe of the paper where it says no more than the architecture', () => {
    expect(parseTrainSpec({ arch: 'vgg16' })).toEqual({ arch: 'vgg16', ...trainDefaults });
  });

  it('keeps every field that is given, and leaves out what is spelt out as absent', () => {
    const whole = {
      arch: 'net.json',
      dataset: 'cifar10',
      dataDir: 'data',
      method: 'standard',
      epochs: 3,
      batchSize: 16,
      learningRate: 0.001,
      alpha: 0,
      beta: 2,
      gamma: 0.5,
      seed: 0,
      classes: ['0', 'cat'],
      checkpointEvery: 2,
      init: 'w.safetensors',
      initLayout: 'native',
      shuffle: false,
      augment: false,
      maxSteps: 9,
      trainLimit: 100,
    };
    expect(parseTrainSpec(whole)).toEqual(whole);
    expect(Object.keys(parseTrainSpec({ ...whole, dataDir: undefined, init: undefined }))).toEqual(
      Object.keys(whole).filter((key) => key !== 'dataDir' && key !== 'init'),
    );
  });

  it('survives JSON', () => {
    const spec = parseTrainSpec({ arch: 'vgg16', dataDir: undefined, classes: ['1'] });
    expect(parseTrainSpec(JSON.parse(JSON.stringify(spec)))).toStrictEqual(spec);
  });
});

describe('a wrong field is named with the way on', () => {
  it.each([
    ['epochs', 0, 'epochs has to be a whole number from 1 to 100000, not 0.'],
    ['epochs', 100_001, 'epochs has to be a whole number from 1 to 100000, not 100001.'],
    ['epochs', 1.5, 'epochs has to be a whole number from 1 to 100000, not 1.5.'],
    ['epochs', '3', 'epochs has to be a whole number from 1 to 100000, not "3".'],
    ['epochs', null, 'epochs has to be a whole number from 1 to 100000, not null.'],
    ['batchSize', 65_537, 'batchSize has to be a whole number from 1 to 65536, not 65537.'],
    ['learningRate', 0, 'learningRate has to be a number above 0, not 0.'],
    ['learningRate', NaN, 'learningRate has to be a number above 0, not NaN.'],
    ['learningRate', Infinity, 'learningRate has to be a number above 0, not Infinity.'],
    ['alpha', -1, 'alpha has to be a number, 0 or more, not -1.'],
    ['seed', 2 ** 32, 'seed has to be a whole number from 0 to 4294967295, not 4294967296.'],
    ['seed', -1, 'seed has to be a whole number from 0 to 4294967295, not -1.'],
    ['method', 'standrad', 'method has to be moda or standard, not "standrad"; perhaps standard is meant.'],
    ['method', 'mwt', 'method has to be moda or standard, not "mwt".'],
    ['method', 3, 'method has to be moda or standard, not 3.'],
    [
      'initLayout',
      'Pytorch',
      'initLayout has to be pytorch or native, not "Pytorch"; perhaps pytorch is meant.',
    ],
    ['shuffle', 'yes', 'shuffle has to be true or false, not "yes".'],
    [
      'classes',
      [],
      'classes has to be a list of 1 to 1000 texts, the numbers or names of classes, not an empty list.',
    ],
    [
      'classes',
      '0,3',
      'classes has to be a list of 1 to 1000 texts, the numbers or names of classes, not "0,3".',
    ],
    ['dataset', '', 'dataset is empty; give it the name of a data set.'],
    ['dataDir', { a: 1 }, 'dataDir has to be the path of a folder, not an object.'],
  ])('%s: %j', (field, value, message) => {
    const error = refusal(withField(field, value));
    expect([error.code, error.message]).toEqual(['SPEC_INVALID', message]);
    expect(error.details).toEqual({ path: field, issues: [{ path: field, message }] });
  });

  it('in a list by its place', () => {
    const error = refusal(withField('classes', ['0', 3]));
    expect(error.details['path']).toBe('classes.1');
    expect(error.message).toBe(
      'classes.1 has to be a text with the number or name of a class, such as "3", not 3.',
    );
  });

  it.each([
    ['a,b', 'holds a comma, or blanks around it'],
    [' a', 'holds a comma, or blanks around it'],
    ['a ', 'holds a comma, or blanks around it'],
    ['', 'is empty'],
    ['a\nb', 'holds characters that cannot be printed'],
    ['x'.repeat(101), 'is longer than 100 characters'],
  ])('class %j', (name, fact) => {
    expect(refusal(withField('classes', [name])).message).toBe(
      `classes.0 ${fact}; give it a text with the number or name of a class, such as "3".`,
    );
  });

  it.each([
    ['a\u0000b', 'holds characters that cannot be printed'],
    ['a\u001bb', 'holds characters that cannot be printed'],
    ['\ud800', 'holds characters that cannot be printed'],
    ['x'.repeat(4097), 'is longer than 4096 characters'],
  ])('architecture %j', (arch, fact) => {
    expect(refusal({ arch }).message).toBe(
      `arch ${fact}; give it the name of an architecture or the path of a .json file.`,
    );
  });

  it('where it is missing', () => {
    expect(refusal({}).message).toBe(
      'arch is missing; give it the name of an architecture or the path of a .json file.',
    );
  });

  it('where it is misspelt, before what is missing for its sake, with every complaint in the details', () => {
    const error = refusal({ arhc: 'vgg16', epochs: 0 });
    expect(error.message).toBe('A run has no field "arhc"; perhaps arch is meant (2 more fields are wrong).');
    expect(error.details).toMatchObject({
      path: 'arhc',
      issues: [{ path: 'arhc' }, { path: 'arch' }, { path: 'epochs' }],
    });
  });

  it('where nothing is called like it, with the fields there are', () => {
    expect(refusal(withField('xyzzy', 1)).message).toContain('; it has arch, dataset, dataDir,');
  });

  it.each([[undefined], [null], [3], ['vgg16'], [[]]])('and %j is no run at all', (value) => {
    const error = refusal(value);
    expect(error.message).toMatch(/^A run has to be an object with fields such as arch, not /);
    expect(error.details['path']).toBe('');
  });

  it('and a trap for careless copies is an unknown field', () => {
    expect(refusal(JSON.parse('{"arch":"a","__proto__":{"epochs":3}}')).details['path']).toBe('__proto__');
  });
});

describe('whatever comes in', () => {
  it('is a run that is parsed to itself, or one short sentence', () => {
    const field = fc.constantFrom('arch', 'epochs', 'classes', 'method', 'alpha', 'shuffle', 'init', 'other');
    fc.assert(
      fc.property(fc.dictionary(field, fc.anything()), (value) => {
        try {
          const spec = parseTrainSpec({ arch: 'lenet5', ...value });
          expect(parseTrainSpec(spec)).toStrictEqual(spec);
        } catch (error) {
          expect(error).toMatchObject({ code: 'SPEC_INVALID' });
          expect((error as ModaError).message.length).toBeLessThan(600);
          expect((error as ModaError).message).toMatch(/^[^\n]+\.$/);
        }
      }),
    );
  });

  it('costs few complaints, however much is wrong', () => {
    const error = refusal(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`field ${i}`, i])));
    expect(error.details['issues']).toHaveLength(50);
  });
});
