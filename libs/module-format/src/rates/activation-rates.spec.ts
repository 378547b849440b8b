import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../safetensors/read.js';
import { writeSafetensors } from '../safetensors/write.js';
import { type ActivationRates, decodeActivationRates, encodeActivationRates } from './activation-rates.js';

const rates: ActivationRates = {
  samples: Uint32Array.of(10, 20),
  layers: [
    { name: 'z first', units: 3, counts: Uint32Array.of(0, 5, 10, 20, 1, 0) },
    { name: 'a second', units: 1, counts: Uint32Array.of(10, 0) },
  ],
  dataset: 'digits',
};

/** The file of `rates` with its metadata changed. */
const withMetadata = (changes: Record<string, string>) => {
  const { tensors, metadata } = readSafetensors(encodeActivationRates(rates));
  return writeSafetensors(tensors, { ...metadata, ...changes });
};

describe('activation rates', () => {
  it('keep layers in forward order and every count', () => {
    expect(decodeActivationRates(encodeActivationRates(rates))).toEqual(rates);
  });

  it('are read back exactly, whatever the counts', () => {
    const arbitrary = fc
      .record({
        samples: fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 4 }),
        layerUnits: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ samples, layerUnits, share }): ActivationRates => {
        const layers = layerUnits.map((units, index) => ({
          name: `layer ${index}`,
          units,
          counts: Uint32Array.from({ length: samples.length * units }, (_, position) =>
            Math.floor((samples[Math.floor(position / units)] ?? 0) * share),
          ),
        }));
        return { samples: Uint32Array.from(samples), layers };
      });
    fc.assert(
      fc.property(arbitrary, (measured) => {
        expect(decodeActivationRates(encodeActivationRates(measured))).toEqual(measured);
      }),
    );
  });

  it('take two bytes a count, and four where a class has more than 65,535 samples', () => {
    const dtypeFor = (samples: number) => {
      const layer = { name: 'x', units: 1, counts: Uint32Array.of(samples) };
      const file = encodeActivationRates({ samples: Uint32Array.of(samples), layers: [layer] });
      return readSafetensors(file).tensors.get('counts.x')?.dtype;
    };
    expect([dtypeFor(65_535), dtypeFor(65_536)]).toEqual(['U16', 'U32']);
  });

  it.each<[string, Partial<ActivationRates>, string]>([
    [
      'more activity than samples',
      { layers: [{ name: 'x', units: 1, counts: Uint32Array.of(10, 21) }] },
      'unit 0 of layer "x" was active for 21 samples of class 1, which has 20',
    ],
    [
      'counts missing',
      { layers: [{ name: 'x', units: 2, counts: Uint32Array.of(1) }] },
      'layer "x" has 1 counts for 2 classes and 2 units',
    ],
    ['no units', { layers: [{ name: 'x', units: 0, counts: Uint32Array.of() }] }, 'layer "x" has no units'],
    [
      'one name twice',
      { layers: [rates.layers[0]!, rates.layers[0]!] },
      'two layers have the name "z first"',
    ],
  ])('with %s are not written', (_, changes, fact) => {
    expect(() => encodeActivationRates({ ...rates, ...changes })).toThrow(
      expect.objectContaining({
        code: 'RATES_INVALID',
        message: `The activation rates cannot be used: ${fact}; run moda decompose anew.`,
      }),
    );
  });

  const samples = { dtype: 'U32', shape: [1], data: Uint32Array.of(2) } as const;
  const metadata = { format: 'moda-activation-rates', formatVersion: '1', layers: '["x"]' };

  it.each<[string, Uint8Array, string]>([
    ['weights', writeSafetensors([]), 'the file does not hold activation rates'],
    [
      'a newer format',
      withMetadata({ formatVersion: '2' }),
      'their format version is not 1; use a newer program',
    ],
    ['no list of layers', withMetadata({ layers: '' }), 'the list of layers is missing or not JSON'],
    ['another list of layers', withMetadata({ layers: '[1]' }), 'the list of layers is not a list of names'],
    ['too few layers', withMetadata({ layers: '["z first"]' }), '1 layers are announced, but 2 are there'],
    [
      'another layer',
      withMetadata({ layers: '["z first","b"]' }),
      'the counts of layer "b" are missing or not U16 or U32',
    ],
    [
      'a layer twice',
      withMetadata({ layers: '["z first","z first"]' }),
      'two layers have the name "z first"',
    ],
    ['no samples', writeSafetensors([], metadata), 'the tensor "samples" of one U32 a class is missing'],
    [
      'counts of other classes',
      writeSafetensors(
        [
          ['samples', samples],
          ['counts.x', { dtype: 'U16', shape: [2, 1], data: Uint16Array.of(1, 1) }],
        ],
        metadata,
      ),
      'the counts of layer "x" are not of 1 classes',
    ],
    [
      'counts beyond the samples',
      writeSafetensors(
        [
          ['samples', samples],
          ['counts.x', { dtype: 'U16', shape: [1, 1], data: Uint16Array.of(3) }],
        ],
        metadata,
      ),
      'unit 0 of layer "x" was active for 3 samples of class 0, which has 2',
    ],
  ])('are not read from %s', (_, file, fact) => {
    expect(() => decodeActivationRates(file)).toThrow(
      expect.objectContaining({
        code: 'RATES_INVALID',
        message: `The activation rates cannot be used: ${fact}; run moda decompose anew.`,
      }),
    );
  });
});
