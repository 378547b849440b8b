import { composeModule, derivedPackage, planCut } from '@moda/moda/surgery';
import { packageDigest, type SafeTensor, sha256, writeSafetensors } from '@moda/module-format';
import { compact, lenet5, parseArchitecture } from '@moda/nn/graph';
import { describe, expect, it } from 'vitest';
import { composeInPage, type ComposeProgress } from './compose-in-page';
import { memoryCache } from './package-cache';
import { fetchFrom, publishedModel, type PublishedModel } from './testing/published-model';

const small = publishedModel(lenet5({ input: { height: 28, width: 28, channels: 1 }, classes: 4 }));
const choice = { classes: [3, 1], tau: 0.6 };

/** One layer has rows of 2 kB, `2 * channels` kB apart, of which a cut at 1 needs nine. */
const wide = (channels: number) =>
  parseArchitecture({
    name: 'wide',
    input: { height: 4, width: 4, channels: 1 },
    operators: [
      { op: 'conv', name: 'conv1', size: 3, padding: 1, channels },
      { op: 'relu', name: 'relu1' },
      { op: 'conv', name: 'conv2', size: 3, padding: 1, channels: 512 },
      { op: 'relu', name: 'relu2' },
      { op: 'globalPool', name: 'pool' },
      { op: 'dense', name: 'fc', channels: 3 },
    ],
  });

/** Files by path and digest: quicker to compare than bytes. */
function digests(files: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  return Object.fromEntries([...files].map(([path, bytes]) => [path, sha256(bytes)]));
}

/** What a registry would name the composition: cut in memory, not from ranges. */
function registryDigest({ whole, network }: PublishedModel, { classes, tau }: typeof choice): string {
  const { parameters } = composeModule(network, whole.rates, tau, classes);
  const weights = writeSafetensors(
    [...parameters].map(([name, { shape, data }]): [string, SafeTensor] => [
      name,
      { dtype: 'F32', shape: [...shape], data },
    ]),
  );
  return packageDigest(derivedPackage(planCut(whole, { classes, tau }), { digest: sha256(weights) }));
}

describe('a composition that is cut in the page', () => {
  it.each([
    ['lenet5', small],
    ['compact', publishedModel(compact({ input: { height: 32, width: 32, channels: 1 }, classes: 10 }), 2)],
  ])('of %s has the digest that the registry gives it', async (_name, model) => {
    const options = { fetch: fetchFrom(model.served), cache: memoryCache() };
    for (const classes of [[0], [3, 1], [0, 1, 2, 3]]) {
      const { facts } = await composeInPage(model.answer, { classes, tau: 0.6 }, options);
      expect(facts.digest).toBe(registryDigest(model, { classes, tau: 0.6 }));
    }
  });

  it('tells what it is', async () => {
    const { facts } = await composeInPage(small.answer, choice, {
      fetch: fetchFrom(small.served),
      cache: memoryCache(),
    });
    const { parameters, flops, weightsBytes, derivationDigest } = planCut(small.whole, choice);
    expect(facts).toMatchObject({
      parentDigest: small.answer.digest,
      derivationDigest,
      classes: [
        { index: 1, name: 'class 1' },
        { index: 3, name: 'class 3' },
      ],
      parentClasses: ['class 0', 'class 1', 'class 2', 'class 3'],
      dataset: 'digits',
      normalisation: { mean: [0.1], std: [0.3] },
      input: { height: 28, width: 28, channels: 1 },
      parameters,
      flops,
      weightsBytes,
    });
    expect(facts.wholeParameters).toBeGreaterThan(facts.parameters);
  });

  it('says how far it is', async () => {
    const stages: ComposeProgress[] = [];
    await composeInPage(small.answer, choice, {
      fetch: fetchFrom(small.served),
      cache: memoryCache(),
      onProgress: (progress) => stages.push(progress),
    });
    expect(stages[0]).toEqual({ stage: 'describing' });
    expect(stages.at(-1)).toEqual({ stage: 'checking' });
    const shares = stages.flatMap((progress) => (progress.stage === 'cutting' ? [progress.share] : []));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});

describe('what comes over the network', () => {
  it.each([256, 48])(
    'is ranges alone where the cut needs few of rows that are %i rows apart',
    async (apart) => {
      const large = publishedModel(wide(apart));
      const asked: string[] = [];
      const options = { fetch: fetchFrom(large.served, asked), cache: memoryCache() };
      const { facts } = await composeInPage(large.answer, { classes: [1], tau: 1 }, options);
      const weights = asked.filter((request) => request.startsWith('weights.safetensors'));
      expect(facts.came).toBe('ranges');
      expect(weights.length).toBeGreaterThan(1);
      expect(weights.every((request) => request.includes(' bytes='))).toBe(true);
      expect(facts.traffic.bytes).toBeLessThan(0.3 * facts.wholeWeightsBytes);
      expect(facts.digest).toBe(registryDigest(large, { classes: [1], tau: 1 }));
    },
  );

  it('is asked for six ranges at once, and for each of them once', async () => {
    const large = publishedModel(wide(48));
    const asked: string[] = [];
    const answers = fetchFrom(large.served, asked);
    let [underWay, mostUnderWay] = [0, 0];
    const slowly: typeof answers = async (url, init) => {
      mostUnderWay = Math.max(mostUnderWay, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      return answers(url, init);
    };
    const { facts } = await composeInPage(
      large.answer,
      { classes: [1], tau: 1 },
      { fetch: slowly, cache: memoryCache() },
    );
    expect(mostUnderWay).toBe(6);
    expect(new Set(asked).size).toBe(asked.length);
    expect(facts.digest).toBe(registryDigest(large, { classes: [1], tau: 1 }));
  });

  it('fails as a whole where one of the ranges does not come', async () => {
    const large = publishedModel(wide(48));
    let weights = 0;
    const answers = fetchFrom(large.served);
    const failing: typeof answers = async (url, init) =>
      url.includes('weights') && ++weights === 5 ? new Response(null, { status: 403 }) : answers(url, init);
    const composed = composeInPage(
      large.answer,
      { classes: [1], tau: 1 },
      { fetch: failing, cache: memoryCache() },
    );
    await expect(composed).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  });

  it('is the checked file of a small model, once for all cuts of it', async () => {
    const asked: string[] = [];
    const options = { fetch: fetchFrom(small.served, asked), cache: memoryCache() };
    expect((await composeInPage(small.answer, choice, options)).facts.came).toBe('whole');
    const before = asked.length;
    const second = await composeInPage(small.answer, { classes: [0], tau: 0.3 }, options);
    expect(asked).toHaveLength(before);
    expect(second.facts.traffic).toEqual({ bytes: 0, requests: 0 });
  });

  it('is nothing for a composition that was made before, even where nothing answers', async () => {
    const cache = memoryCache();
    const first = await composeInPage(small.answer, choice, { fetch: fetchFrom(small.served), cache });
    const nothing = () => Promise.reject(new TypeError('no network'));
    const again = await composeInPage({ ...small.answer, files: [] }, choice, { fetch: nothing, cache });
    expect(again.facts).toMatchObject({ came: 'kept', digest: first.facts.digest });
    expect(digests(again.files)).toEqual(digests(first.files));
  });

  it('is asked for again where what was kept is damaged', async () => {
    const cache = memoryCache();
    await composeInPage(small.answer, choice, { fetch: fetchFrom(small.served), cache });
    const damaged = {
      read: async (key: string) => {
        const bytes = await cache.read(key);
        if (bytes !== undefined && key.startsWith('blob/')) bytes[bytes.length - 1]! ^= 1;
        return bytes;
      },
      write: cache.write,
    };
    const again = await composeInPage(small.answer, choice, {
      fetch: fetchFrom(small.served),
      cache: damaged,
    });
    expect(again.facts).toMatchObject({ came: 'whole', digest: registryDigest(small, choice) });
  });
});

describe('what is not what the parent says', () => {
  const refusal = async (change: (served: Map<string, Uint8Array>) => void, answer = small.answer) => {
    const served = new Map(small.served);
    change(served);
    // An intermediary that changes bytes also changes or drops the tag.
    const untagged = async (url: string, init: RequestInit) => {
      const response = await fetchFrom(served)(url, init);
      response.headers.delete('etag');
      return response;
    };
    return composeInPage(answer, choice, { fetch: untagged, cache: memoryCache() }).then(
      () => 'composed',
      (error: unknown) => (error as { code: string }).code,
    );
  };
  const flipped = (bytes: Uint8Array | undefined) => {
    const copy = bytes!.slice();
    copy[copy.length - 1]! ^= 1;
    return copy;
  };
  const url = (path: string) => `https://registry.test/${path}`;

  it('is refused: rates, weights, manifest and list of files', async () => {
    for (const path of ['rates.safetensors', 'weights.safetensors'])
      expect(await refusal((served) => served.set(url(path), flipped(served.get(url(path)))))).toBe(
        'DOWNLOAD_DAMAGED',
      );
    const { manifestText, packageText } = small.answer;
    expect(await refusal(() => undefined, { ...small.answer, manifestText: `${manifestText} ` })).toBe(
      'VERIFICATION_FAILED',
    );
    expect(await refusal(() => undefined, { ...small.answer, packageText: `${packageText} ` })).toBe(
      'VERIFICATION_FAILED',
    );
  });

  it('is refused by the tag of the whole where only a range came', async () => {
    const served = new Map(small.served);
    served.set(url('weights.safetensors'), flipped(served.get(url('weights.safetensors'))));
    const refused = composeInPage(small.answer, choice, { fetch: fetchFrom(served), cache: memoryCache() });
    await expect(refused).rejects.toMatchObject({ code: 'DOWNLOAD_DAMAGED' });
  });

  it('is refused where it has no modules', async () => {
    const { rates: _rates, ...described } = { rates: 0, ...small.answer };
    const list = JSON.parse(described.packageText) as { files: { path: string }[] };
    list.files = list.files.filter(({ path }) => path !== 'rates.safetensors');
    const packageText = `${JSON.stringify(list, null, 2)}\n`;
    const digest = sha256(new TextEncoder().encode(packageText));
    expect(await refusal(() => undefined, { ...described, packageText, digest })).toBe('RATES_MISSING');
  });
});

describe('the whole model', () => {
  it('comes where no class is chosen, each file by its digest', async () => {
    const { facts, files, network } = await composeInPage(
      small.answer,
      { classes: [], tau: 0.9 },
      { fetch: fetchFrom(small.served), cache: memoryCache() },
    );
    expect(facts).toMatchObject({ digest: small.answer.digest, parameters: facts.wholeParameters });
    expect([...files.keys()].sort()).toEqual(['module.json', 'rates.safetensors', 'weights.safetensors']);
    const values = (parameters: typeof network.parameters) =>
      [...parameters]
        .map(
          ([name, { data }]) =>
            `${name} ${sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))}`,
        )
        .sort();
    expect(values(network.parameters)).toEqual(values(small.network.parameters));
  });
});
