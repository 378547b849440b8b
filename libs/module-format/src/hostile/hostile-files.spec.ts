import { isModaError } from '@moda/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { parsePackage } from '../package/package.js';
import { signPackage, verifyPackage } from '../signature/package-signature.js';
import { createSigningKey } from '../signature/signing-key.js';
import { fileKinds } from './testing/file-kinds.js';
import type { FileKind } from './testing/mutation.js';

const mutationsOfEach = 3000;

type Verdict = 'accepted and equal' | 'accepted as the mutation says' | 'refused';

/** What became of one mutation; throws where that is none of the three. */
function judge({ read, readPlainly, file, mutate }: FileKind, number: number): Verdict {
  const { what, bytes, outcome } = mutate(number);
  const given = bytes.slice();
  const demand = (held: boolean, fact: string) => {
    if (!held) throw new Error(`Mutation ${number}, ${what}: ${fact}`);
  };
  let content: string;
  try {
    content = read(bytes);
  } catch (error) {
    if (!isModaError(error)) throw new Error(`Mutation ${number}, ${what}: a stray throw.`, { cause: error });
    demand(error.message.length < 600, 'the message is long.');
    demand(outcome === 'refused' || outcome === 'as it reads', `refused, since "${error.message}"`);
    return 'refused';
  }
  demand(outcome !== 'refused', 'accepted.');
  demand(content === readPlainly(bytes), `read as ${content}.`);
  demand(Buffer.compare(bytes, given) === 0, 'the file was changed by reading it.');
  const equal = content === readPlainly(file);
  if (outcome !== 'as it reads') demand(equal === (outcome === 'equal'), `read as ${content}.`);
  return equal ? 'accepted and equal' : 'accepted as the mutation says';
}

describe('mutated files', () => {
  const rows: string[] = [];

  it.each(fileKinds)('of $name are accepted with what they hold, or refused', (kind) => {
    const counts: Record<Verdict, number> = {
      'accepted and equal': 0,
      'accepted as the mutation says': 0,
      refused: 0,
    };
    expect(kind.read(kind.file)).toBe(kind.readPlainly(kind.file));
    for (let number = 0; number < mutationsOfEach; number += 1) counts[judge(kind, number)] += 1;
    rows.push(`${kind.name}: ${JSON.stringify(counts)}`);
    expect(counts.refused).toBeGreaterThan(1000);
    expect(counts['accepted as the mutation says']).toBeGreaterThan(30);
    // A piece may be overwritten by its like: some mutations leave the file as it was.
    expect(counts['accepted and equal']).toBeGreaterThan(0);
  });

  it('are more than ten thousand', () => {
    expect(mutationsOfEach * fileKinds.length).toBeGreaterThanOrEqual(10_000);
  });

  afterAll(() => {
    console.info(`${mutationsOfEach} mutations of each file\n${rows.join('\n')}`);
  });

  it('of a signed package that are accepted have lost its signature', () => {
    const key = createSigningKey();
    const kind = fileKinds.find(({ name }) => name === 'package manifest')!;
    const original = parsePackage(new TextDecoder().decode(kind.file));
    const signature = signPackage(original, key);
    let forged = 0;
    for (let number = 0; number < mutationsOfEach && forged < 80; number += 1) {
      if (judge(kind, number) !== 'accepted as the mutation says') continue;
      const manifest = parsePackage(new TextDecoder().decode(kind.mutate(number).bytes));
      expect(verifyPackage(manifest, signature, [key])).toEqual({ state: 'wrong', keyId: key.keyId });
      forged += 1;
    }
    expect(forged).toBe(80);
  });
});
