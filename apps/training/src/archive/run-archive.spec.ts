import { setTimeout as sleep } from 'node:timers/promises';
import { type BlobStore, digestOf } from '@moda/blob-store';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MemoryArchive, openMemoryArchive } from './testing/memory-archive.js';
import { maxPieces } from './pieces.js';

/** Called before the next answer of `has`. */
let beforeHas: (() => Promise<void>) | undefined;
let beforeDelete: (() => Promise<void>) | undefined;
/** By all puts. */
let writtenBytes = 0;
const disturbable = (blobs: BlobStore): BlobStore => ({
  ...blobs,
  async put(content, options) {
    const stored = await blobs.put(content, options);
    writtenBytes += stored.sizeBytes;
    return stored;
  },
  async delete(digest) {
    const disturb = beforeDelete;
    beforeDelete = undefined;
    await disturb?.();
    await blobs.delete(digest);
  },
  async has(digest) {
    const disturb = beforeHas;
    beforeHas = undefined;
    await disturb?.();
    return blobs.has(digest);
  },
});

let memory: MemoryArchive;
let id: string;
beforeAll(async () => {
  memory = await openMemoryArchive(disturbable);
});
beforeEach(async () => {
  id = await memory.newRun();
});
afterAll(() => memory.close());

const minute = 60_000;
const bytesOf = (text: string) => Buffer.from(text);
async function read(name: string, range?: { start?: number; end?: number }): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of memory.archive.read(id, name, range)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
async function* streamOf(...texts: string[]) {
  for (const text of texts) yield bytesOf(text);
}
/** All that nobody refers to any more goes. */
async function collect(): Promise<void> {
  memory.later(2 * 60 * minute);
  await memory.blobs.removeUnreferred(60 * minute);
}

describe('a file that is put', () => {
  it('is there whole, with its digest, and replaces the one before it', async () => {
    const { archive } = memory;
    expect(await archive.put(id, 'model/a.bin', streamOf('fir', 'st'))).toMatchObject({ sizeBytes: 5 });
    const changedAt = new Date('2026-02-01T00:00:00.123Z');
    const put = await archive.put(id, 'model/a.bin', bytesOf('second'), { changedAt });
    expect(put).toEqual({
      name: 'model/a.bin',
      sizeBytes: 6,
      digest: digestOf(bytesOf('second')),
      changedAt,
    });
    expect(await archive.file(id, 'model/a.bin')).toEqual(put);
    expect(await read('model/a.bin')).toBe('second');
    expect(await read('model/a.bin', { start: 1, end: 3 })).toBe('ec');
  });

  it('is refused where it is not what was announced, and the one before it stays', async () => {
    await memory.archive.put(id, 'a', bytesOf('first'));
    const put = memory.archive.put(id, 'a', streamOf('other'), { digest: digestOf(bytesOf('second')) });
    await expect(put).rejects.toMatchObject({ code: 'BLOB_DIGEST_MISMATCH' });
    expect(await read('a')).toBe('first');
  });

  it('may be empty', async () => {
    await memory.archive.put(id, 'a', bytesOf(''));
    expect(await read('a')).toBe('');
    await memory.archive.append(id, 'a', 0, bytesOf('x'));
    expect(await read('a')).toBe('x');
  });

  it('gets a second name without its bytes, in another run too', async () => {
    await memory.archive.put(id, 'a', bytesOf('kept'));
    const other = await memory.newRun();
    await memory.archive.link({ id, name: 'a' }, other, 'b');
    await memory.archive.remove(id, 'a');
    await collect();
    id = other;
    expect(await read('b')).toBe('kept');
    expect(await memory.archive.link({ id, name: 'none' }, id, 'c')).toBeUndefined();
  });

  it('of no run, or of a name that leads elsewhere, is refused', async () => {
    await expect(memory.archive.put('none', 'a', bytesOf('x'))).rejects.toMatchObject({
      code: 'RUN_UNKNOWN',
    });
    for (const name of ['', '/a', '../a', 'a/../b', 'a//b', 'a/', '.a', 'a\\b', 'a\0', 'x'.repeat(400)])
      await expect(memory.archive.put(id, name, bytesOf('x'))).rejects.toMatchObject({
        code: 'RUN_FILE_NAME_INVALID',
      });
    await expect(read('none')).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    expect(await memory.archive.files('none')).toEqual([]);
  });
});

describe('a file that grows', () => {
  it('has the same bytes in whatever order and however often they come', async () => {
    const text = 'The quick brown fox jumps over the lazy dog, and over the log.';
    const part = fc.record({ start: fc.nat(text.length), length: fc.nat(20) });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
        id = await memory.newRun();
        let size = 0;
        const repeated = parts.map(({ start, length }) => [start, start + length] as const);
        // In the end all of it was sent once from the beginning.
        for (const [start, end] of [...repeated, [0, text.length] as const]) {
          const outcome = await memory.archive.append(id, 'log', start, bytesOf(text.slice(start, end)));
          expect(outcome.kind).toBe(start > size ? 'elsewhere' : 'appended');
          if (outcome.kind === 'appended') size = Math.max(size, Math.min(end, text.length));
          expect(outcome.sizeBytes).toBe(size);
          if (size > 0) expect(await read('log')).toBe(text.slice(0, size));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('takes the same bytes from several at the same time', async () => {
    const parts = ['ab', 'c', 'def', 'g', 'hij'];
    const send = async () => {
      for (const [i, part] of parts.entries())
        await memory.archive.append(id, 'log', parts.slice(0, i).join('').length, bytesOf(part));
    };
    await Promise.all([send(), send(), send()]);
    expect(await read('log')).toBe('abcdefghij');
  });

  it('has a digest once it is settled, is read in any part, and can go on to grow', async () => {
    const { archive } = memory;
    for (const [offset, text] of [
      [0, 'one '],
      [4, 'two '],
      [8, 'three'],
    ] as const)
      await archive.append(id, 'log', offset, bytesOf(text));
    expect(await archive.file(id, 'log')).toMatchObject({ sizeBytes: 13, digest: undefined });
    const parts = () =>
      fc.assert(
        fc.asyncProperty(fc.nat(13), fc.nat(15), async (start, length) => {
          expect(await read('log', { start, end: start + length })).toBe(
            'one two three'.slice(start, start + length),
          );
        }),
        { numRuns: 30 },
      );
    await parts();
    expect(await archive.settle(id, 'log')).toMatchObject({ digest: digestOf(bytesOf('one two three')) });
    await parts();
    expect(await archive.append(id, 'log', 13, bytesOf('!'))).toEqual({ kind: 'appended', sizeBytes: 14 });
    expect(await archive.file(id, 'log')).toMatchObject({ digest: undefined });
    expect(await read('log')).toBe('one two three!');
    await expect(read('log', { start: 15 })).rejects.toMatchObject({ code: 'BLOB_RANGE_INVALID' });
    expect(await archive.settle(id, 'none')).toBeUndefined();
  });

  it('is kept in few blobs however long it grows, and none is written again and again', async () => {
    const lines = Array.from({ length: 150 }, (_, i) => `line ${i}\n`);
    const before = memory.stored().length;
    writtenBytes = 0;
    let size = 0;
    for (const line of lines) size = (await memory.archive.append(id, 'log', size, bytesOf(line))).sizeBytes;
    memory.later(10 * minute);
    await memory.blobs.removeReleased(minute);
    expect(memory.stored().length - before).toBeLessThanOrEqual(maxPieces + 1);
    expect(await read('log')).toBe(lines.join(''));
    expect(writtenBytes / size).toBeLessThan(5);
  });

  it('is read to its end while its pieces are joined and removed', async () => {
    for (const [i, text] of ['one ', 'two ', 'end!'].entries())
      await memory.archive.append(id, 'log', 4 * i, bytesOf(text));
    const reading = memory.archive.read(id, 'log')[Symbol.asyncIterator]();
    let text = Buffer.from((await reading.next()).value as Uint8Array).toString();
    await memory.archive.settle(id, 'log');
    await collect();
    for (let next = await reading.next(); next.done !== true; next = await reading.next())
      text += Buffer.from(next.value).toString();
    expect(text).toBe('one two end!');
  });
});

describe('blobs', () => {
  it('stay for as long as a file of any run refers to them, and go then', async () => {
    const other = await memory.newRun();
    const bytes = bytesOf('shared by two runs');
    const digest = digestOf(bytes);
    await memory.archive.put(id, 'a', bytes);
    await memory.archive.put(other, 'b', bytes);
    await memory.archive.remove(id, 'a');
    await collect();
    expect(memory.stored()).toContain(digest);
    await memory.archive.put(other, 'b', bytesOf('another'));
    await collect();
    expect(memory.stored()).not.toContain(digest);
  });

  it('that were replaced go soon, and not at once: somebody may be reading', async () => {
    await memory.archive.put(id, 'a', bytesOf('old'));
    await memory.archive.put(id, 'a', bytesOf('new'));
    await memory.blobs.removeReleased(minute);
    expect(memory.stored()).toContain(digestOf(bytesOf('old')));
    memory.later(minute);
    expect(await memory.blobs.removeReleased(minute)).toBe(1);
    expect(memory.stored()).not.toContain(digestOf(bytesOf('old')));
    expect(await read('a')).toBe('new');
  });

  it('that are young are spared: somebody is about to refer to them', async () => {
    const { digest } = await memory.blobs.store.put(bytesOf('about to be referred to'));
    await memory.blobs.removeUnreferred(60 * minute);
    expect(memory.stored()).toContain(digest);
    await collect();
    expect(memory.stored()).not.toContain(digest);
  });

  it('that are put while they are removed are there afterwards', async () => {
    const bytes = bytesOf('removed and put at the same time');
    await memory.blobs.store.put(bytes);
    memory.later(2 * 60 * minute);
    let putting: Promise<unknown> | undefined;
    beforeDelete = async () => {
      putting = memory.archive.put(id, 'a', bytes);
      // Long enough to refer to it, were nothing in the way.
      await sleep(200);
    };
    expect(await memory.blobs.removeUnreferred(60 * minute)).toBeGreaterThan(0);
    expect(putting).toBeDefined();
    await putting;
    expect(await read('a')).toBe('removed and put at the same time');
  });

  it('that are removed between their put and their reference are put again', async () => {
    const bytes = bytesOf('removed in between');
    beforeHas = () => memory.blobs.store.delete(digestOf(bytes));
    await memory.archive.put(id, 'a', bytes);
    expect(await read('a')).toBe('removed in between');
    beforeHas = () => memory.blobs.store.delete(digestOf(bytesOf('added')));
    await memory.archive.append(id, 'log', 0, bytesOf('added'));
    expect(await read('log')).toBe('added');
    beforeHas = () => memory.blobs.store.delete(digestOf(bytesOf('streamed')));
    await expect(memory.archive.put(id, 'b', streamOf('streamed'))).rejects.toMatchObject({
      code: 'BLOB_NOT_FOUND',
    });
    expect(await memory.archive.file(id, 'b')).toBeUndefined();
  });
});
