import { describe, expect, it } from 'vitest';
import type { Catalogue, FoundModule, ModuleRecord, VersionRecord } from '../catalogue/catalogue.js';
import { sampleModel, type SampleOptions } from '../publish/testing/sample-model.js';
import { compare } from './compare.js';
import { planReplacement } from './replacement-plan.js';

let number = 0;

/** A version as the catalogue would have it. */
function versionOf(options: SampleOptions = {}, model = 'zoo'): VersionRecord {
  const sample = sampleModel({ seed: (number += 1), ...options });
  const { input, name } = sample.network.architecture;
  return {
    id: `version-${number}`,
    owner: 'ada',
    model,
    version: '1.0.0',
    digest: sample.digest,
    manifest: sample.manifest,
    package: sample.package,
    architecture: name,
    input,
    dataset: sample.manifest.dataset?.name,
    license: 'Apache-2.0',
    parameters: 1,
    flops: 1,
    weightsBytes: 1,
    weightsDigest: sample.digest,
    ratesDigest: options.withRates === false ? undefined : sample.digest,
    tau: 0.9,
    accuracy: undefined,
    signature: undefined,
    state: 'released',
    stateMessage: undefined,
    description: undefined,
    runId: undefined,
    publishedBy: 'ada',
    publishedAt: new Date(0),
  };
}

/** A catalogue in which exactly these are found, whatever is searched for. */
function finding(...versions: VersionRecord[]): Pick<Catalogue, 'searchModules'> {
  const found: FoundModule[] = versions.flatMap((version) =>
    version.manifest.classes.map(({ index, name, sourceLabel }) => ({
      version,
      module: { classIndex: index, className: name, sourceLabel } as ModuleRecord,
    })),
  );
  return {
    searchModules: async () => ({
      items: found.map((item) => ({ item, cursor: '' })),
      hasNext: false,
      totalEstimate: found.length,
    }),
  };
}

const animals = { classes: ['ant', 'bee', 'cat'] };

describe('a verdict on two models', () => {
  it('is exact for modules of one model, and for a model and its own module', async () => {
    const version = versionOf(animals);
    expect(
      await compare(finding(), { version, classes: [0] }, { version, classes: [2] }, 'compose'),
    ).toMatchObject({ verdict: { kind: 'exact' } });
    expect(await compare(finding(), { version }, { version, classes: [2] }, 'compose')).toMatchObject({
      verdict: { kind: 'exact' },
    });
  });

  it('is exact for a published composition and the model that it was cut from', async () => {
    const whole = versionOf(animals);
    const cut = versionOf({
      ...animals,
      withRates: false,
      manifest: { derivedFrom: [{ role: 'base', digest: whole.digest, tau: 0.9, classes: [0, 1, 2] }] },
    });
    expect(await compare(finding(), { version: whole }, { version: cut }, 'compose')).toMatchObject({
      verdict: { kind: 'exact' },
    });
  });

  it('is calibrated for models that were trained apart on the same kind of images', async () => {
    expect(
      await compare(finding(), { version: versionOf(animals) }, { version: versionOf(animals) }, 'compose'),
    ).toMatchObject({ kind: 'verdict', verdict: { kind: 'calibrated' } });
  });

  it('is impossible for images of another size, and names the nearest model that would do', async () => {
    const a = versionOf(animals);
    const b = versionOf({ ...animals, input: { height: 32, width: 32, channels: 1 } });
    const far = versionOf({ ...animals, input: { height: 32, width: 32, channels: 1 } }, 'far');
    const near = versionOf(animals, 'near');
    const found = await compare(
      finding(b, far, near),
      { version: a },
      { version: b, classes: [1] },
      'compose',
    );
    expect(found).toMatchObject({
      verdict: { kind: 'impossible', differs: ['input'] },
      nearest: 'ada/near/bee@1.0.0',
    });
    const without = await compare(finding(b, far), { version: a }, { version: b }, 'compose');
    expect(without.nearest).toBeUndefined();
  });

  it('is impossible without activation rates', async () => {
    const [a, b] = [versionOf(animals), versionOf({ ...animals, withRates: false })];
    expect(await compare(finding(), { version: a }, { version: b }, 'compose')).toMatchObject({
      verdict: { kind: 'impossible', differs: ['rates'] },
    });
  });
});

describe('a plan for a replacement', () => {
  it('finds the class by its name in both models, and says what to do', async () => {
    const weak = versionOf(animals, 'weak');
    const strong = versionOf(
      {
        classes: ['dog', 'cat'],
        manifest: { dataset: { name: 'other', normalisation: { mean: [0.1], std: [0.3] } } },
      },
      'strong',
    );
    expect(await planReplacement(finding(), weak, strong, 'Cat')).toMatchObject({
      kind: 'plan',
      className: 'cat',
      weakClass: 2,
      strongClass: 1,
      comparison: { verdict: { kind: 'calibrated' } },
      steps: [
        'moda pull ada/weak@1.0.0 --out weak',
        'moda pull ada/strong@1.0.0 --out strong',
        'moda replace --weak weak --strong strong --class 2 --strong-class 1 --out repaired',
      ],
    });
  });

  it('has no steps where it is impossible', async () => {
    const weak = versionOf(animals);
    const strong = versionOf({ ...animals, input: { height: 20, width: 16, channels: 1 } });
    expect(await planReplacement(finding(), weak, strong, 'bee')).toMatchObject({
      comparison: { verdict: { kind: 'impossible' } },
      steps: [],
    });
  });

  it('needs a class that both have', async () => {
    const [weak, strong] = [versionOf(animals), versionOf({ classes: ['dog', 'beet'] })];
    expect(await planReplacement(finding(), weak, strong, 'dog')).toMatchObject({ code: 'CLASS_UNKNOWN' });
    expect(await planReplacement(finding(), weak, strong, 'bee')).toMatchObject({
      code: 'CLASS_UNKNOWN',
      nearest: 'beet',
    });
  });
});
