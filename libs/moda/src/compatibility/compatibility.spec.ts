import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compatibility, type Purpose } from './compatibility.js';
import type { ModelFacts } from './model-facts.js';
import { nearestAlternative } from './nearest-alternative.js';

const digits: ModelFacts = {
  digest: 'sha256:aa',
  input: { height: 32, width: 32, channels: 1 },
  classes: ['zero', 'one', 'two'].map((name, sourceLabel) => ({ name, sourceLabel })),
  dataset: { name: 'mnist', normalisation: { mean: [0.13], std: [0.31] } },
  architecture: 'vgg16',
  hasRates: true,
};
const other: ModelFacts = { ...digits, digest: 'sha256:bb', architecture: 'resnet18' };
const without = <K extends keyof ModelFacts>(facts: ModelFacts, key: K): Omit<ModelFacts, K> => {
  const { [key]: _gone, ...rest } = facts;
  return rest;
};
const classes = (...names: string[]) => names.map((name, sourceLabel) => ({ name, sourceLabel }));

const facts: fc.Arbitrary<ModelFacts> = fc.record(
  {
    digest: fc.constantFrom('sha256:aa', 'sha256:bb', 'sha256:cc'),
    parentDigest: fc.constantFrom(undefined, 'sha256:aa', 'sha256:dd'),
    input: fc.constantFrom(digits.input, { height: 28, width: 28, channels: 1 }),
    classes: fc
      .subarray(['zero', 'one', 'two', 'three'], { minLength: 1 })
      .chain((names) => fc.record({ names: fc.constant(names), shift: fc.constantFrom(0, 0, 1) }))
      .map(({ names, shift }) => names.map((name, i) => ({ name, sourceLabel: i + shift }))),
    dataset: fc.constantFrom(
      undefined,
      digits.dataset,
      { name: 'svhn', normalisation: { mean: [0.13], std: [0.31] } },
      { name: 'mnist', normalisation: { mean: [0.5], std: [0.5] } },
    ),
    architecture: fc.constantFrom('vgg16', 'resnet18'),
    hasRates: fc.boolean(),
  },
  { requiredKeys: ['digest', 'input', 'classes', 'architecture', 'hasRates'] },
);
const purposes = fc.constantFrom<Purpose>('compose', 'replace');

describe('the verdict on two models', () => {
  it('is exact for two cuts of one model, and for a model and its own cut', () => {
    const [a, b] = [
      { ...digits, digest: 'sha256:01', parentDigest: digits.digest, hasRates: false },
      {
        ...digits,
        digest: 'sha256:02',
        parentDigest: digits.digest,
        hasRates: false,
        classes: classes('six'),
      },
    ];
    const reason =
      'Both come from the same model, so cutting it for the union of their classes gives exactly what it would itself answer.';
    expect(compatibility(a, b)).toEqual({ kind: 'exact', reason });
    expect(compatibility(digits, a)).toEqual({ kind: 'exact', reason });
    expect(compatibility(digits, digits)).toMatchObject({
      kind: 'exact',
      reason: expect.stringMatching(/^Both are the same model, /) as string,
    });
  });

  it('is calibrated for models that take the same images but were trained apart', () => {
    expect(compatibility(digits, other)).toEqual({
      kind: 'calibrated',
      reason:
        'Two models of different architectures take the same images, but were trained apart; a layer has to learn how their outputs compare, on images of their classes.',
    });
    const twin = { ...other, architecture: 'vgg16' };
    expect(compatibility(digits, twin, { purpose: 'replace' })).toEqual({
      kind: 'calibrated',
      reason:
        'Two vgg16 models take the same images, but were trained apart; a layer has to learn how the new output compares with the others, on images of their classes.',
    });
  });

  it('is impossible for images of another size, and names both', () => {
    const small = { ...other, input: { height: 28, width: 28, channels: 3 } };
    expect(compatibility(digits, small)).toEqual({
      kind: 'impossible',
      reason: 'One takes images of 32x32x1, the other of 28x28x3.',
      differs: ['input'],
    });
  });

  it('is impossible for another normalisation, and for one that nobody knows', () => {
    const dataset = { name: 'mnist', normalisation: { mean: [0.5], std: [0.5] } };
    expect(compatibility(digits, { ...other, dataset })).toEqual({
      kind: 'impossible',
      reason: 'Their images are normalised by different means and deviations: 0.13 / 0.31 and 0.5 / 0.5.',
      differs: ['normalisation'],
    });
    expect(compatibility(without(digits, 'dataset'), other)).toMatchObject({
      kind: 'impossible',
      reason: 'One of them does not say how the images are normalised.',
    });
    expect(compatibility(without(digits, 'dataset'), without(other, 'dataset'))).toMatchObject({
      reason: 'They do not say how the images are normalised.',
      differs: ['normalisation'],
    });
  });

  it('is impossible for whole models without rates to be cut by', () => {
    expect(compatibility(digits, { ...other, hasRates: false })).toEqual({
      kind: 'impossible',
      reason:
        'A whole model lacks the activation rates by which modules are cut; decompose it and publish it with them.',
      differs: ['rates'],
    });
    expect(compatibility({ ...digits, hasRates: false }, { ...other, hasRates: false })).toMatchObject({
      reason:
        'Neither model has the activation rates by which modules are cut; decompose them and publish them with their rates.',
    });
    expect(compatibility(digits, { ...other, hasRates: false, parentDigest: 'sha256:ff' }).kind).toBe(
      'calibrated',
    );
  });

  it('lets labels differ for composing, unless two models of one data set disagree about them', () => {
    expect(compatibility(digits, { ...other, classes: [{ name: 'nine', sourceLabel: 9 }] }).kind).toBe(
      'calibrated',
    );
    expect(compatibility(digits, { ...other, classes: classes('one') })).toEqual({
      kind: 'impossible',
      reason: 'Label 0 of mnist is called "zero" in one and "one" in the other.',
      differs: ['labels'],
    });
    expect(compatibility(digits, { ...other, classes: [{ name: 'one', sourceLabel: 7 }] })).toMatchObject({
      reason: '"one" of mnist is label 1 in one and 7 in the other.',
      differs: ['labels'],
    });
    const elsewhere = { name: 'svhn', normalisation: digits.dataset!.normalisation };
    expect(compatibility(digits, { ...other, classes: classes('one'), dataset: elsewhere }).kind).toBe(
      'calibrated',
    );
  });

  it('needs a class of the same name in both for replacing one', () => {
    const nine = { ...other, classes: [{ name: 'nine', sourceLabel: 9 }] };
    expect(compatibility(digits, nine, { purpose: 'replace' })).toEqual({
      kind: 'impossible',
      reason: 'They have no class of the same name, so there is none to replace.',
      differs: ['labels'],
    });
  });

  it('names all that differs', () => {
    const far = {
      ...without(other, 'dataset'),
      input: { height: 8, width: 8, channels: 1 },
      classes: classes('nine'),
      hasRates: false,
    };
    const verdict = compatibility(digits, far, { purpose: 'replace' });
    expect(verdict).toMatchObject({ differs: ['input', 'normalisation', 'labels', 'rates'] });
    expect(verdict.reason.split('; ')).toHaveLength(5);
  });

  it('is of the same kind whichever model comes first, and has a sentence', () => {
    fc.assert(
      fc.property(facts, facts, purposes, (a, b, purpose) => {
        const [ab, ba] = [compatibility(a, b, { purpose }), compatibility(b, a, { purpose })];
        expect(ba.kind).toBe(ab.kind);
        expect(ab.reason).toMatch(/^["A-Z].*\.$/);
        if (ab.kind !== 'impossible' || ba.kind !== 'impossible') return;
        expect(ba.differs).toEqual(ab.differs);
        expect(ab.differs.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('is exact wherever parent and rates are the same, and impossible wherever images differ in size', () => {
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        const verdict = compatibility(a, b);
        const isOneModel = (a.parentDigest ?? a.digest) === (b.parentDigest ?? b.digest);
        const canBeCut = [a, b].every(({ parentDigest, hasRates }) => parentDigest !== undefined || hasRates);
        expect(verdict.kind === 'exact').toBe(isOneModel && canBeCut);
        if (!isOneModel && a.input.height !== b.input.height) {
          expect(verdict).toMatchObject({
            kind: 'impossible',
            differs: expect.arrayContaining(['input']) as string[],
          });
        }
        if (verdict.kind === 'calibrated') {
          expect(a.input).toEqual(b.input);
          expect(a.dataset?.normalisation).toEqual(b.dataset?.normalisation);
          expect(a.dataset).toBeDefined();
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the nearest alternative', () => {
  const cut = { ...digits, digest: 'sha256:01', parentDigest: digits.digest };
  const far = { ...digits, digest: 'sha256:ff', input: { height: 8, width: 8, channels: 3 } };

  it('is the candidate with the best verdict', () => {
    expect(nearestAlternative(digits, [far, other, cut])).toMatchObject({
      model: cut,
      verdict: { kind: 'exact' },
    });
    expect(nearestAlternative(digits, [far, other])).toMatchObject({
      model: other,
      verdict: { kind: 'calibrated' },
    });
  });

  it('is none where nothing fits', () => {
    expect(nearestAlternative(digits, [])).toBeUndefined();
    expect(nearestAlternative(digits, [far])).toBeUndefined();
  });

  it('has the most classes in common, then the same architecture, and is then the first', () => {
    const fewer = { ...other, digest: 'sha256:03', classes: [{ name: 'two', sourceLabel: 2 }] };
    const twin = { ...other, digest: 'sha256:04', architecture: 'vgg16' };
    expect(nearestAlternative(digits, [fewer, other])?.model).toBe(other);
    expect(nearestAlternative(digits, [other, twin])?.model).toBe(twin);
    expect(nearestAlternative(digits, [other, { ...other }])?.model).toBe(other);
  });

  it('keeps in mind what it is for', () => {
    const nine = { ...other, classes: [{ name: 'nine', sourceLabel: 9 }] };
    expect(nearestAlternative(digits, [nine], { purpose: 'replace' })).toBeUndefined();
    expect(nearestAlternative(digits, [nine], { purpose: 'compose' })?.model).toBe(nine);
  });
});
