import { describe, expect, it } from 'vitest';
import type { CompositionRecord } from '../catalogue/catalogue.js';
import { CutJob, type CutOutcome } from './cut-job.js';
import { readCut } from './read-cut.js';

const pieceBytes = 64 * 1024;
const pieceCount = 100;
const sizeBytes = pieceBytes * pieceCount;
const composition = {} as CompositionRecord;

function pieceAt(i: number): Uint8Array {
  return new Uint8Array(pieceBytes).fill(i);
}

async function* allPieces(): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < pieceCount; i += 1) yield pieceAt(i);
}

/** Takes pieces in when it is told to, as a store that others use too. */
function storeUnderControl() {
  const taken: number[] = [];
  let allow: (pieces: number) => void = () => undefined;
  const store = async (content: AsyncIterable<Uint8Array>) => {
    let allowed = 0;
    let wake = () => {};
    allow = (pieces) => {
      allowed += pieces;
      wake();
    };
    for await (const piece of content) {
      while (allowed === 0) await new Promise<void>((resolve) => (wake = resolve));
      allowed -= 1;
      taken.push(piece[0]!);
    }
    return composition;
  };
  return { store, taken, allow: (pieces: number) => allow(pieces) };
}

function restOf(outcome: CutOutcome, { start, end }: { start: number; end: number }) {
  rests.push({ kind: outcome.kind, start, end });
  return (async function* () {
    const whole = Buffer.concat(Array.from({ length: pieceCount }, (_, i) => pieceAt(i)));
    yield whole.subarray(start, end);
  })();
}
let rests: { kind: string; start: number; end: number }[] = [];

function checkBytes(pieces: readonly Uint8Array[], start: number, end: number): void {
  const bytes = Buffer.concat(pieces);
  expect(bytes.length).toBe(end - start);
  for (let at = 0; at < bytes.length; at += 997)
    expect(bytes[at]).toBe(Math.floor((start + at) / pieceBytes));
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('reading a running cut', () => {
  it('keeps the last piece back until the cut is stored', async () => {
    rests = [];
    const { store, allow } = storeUnderControl();
    const job = new CutJob(allPieces(), store);
    const pieces: Uint8Array[] = [];
    const reading = (async () => {
      for await (const piece of readCut({ start: 0, end: sizeBytes, sizeBytes }, () => job, restOf))
        pieces.push(piece);
    })();
    for (let i = 0; i < pieceCount - 1; i += 1) {
      allow(1);
      if (i % 10 === 0) await settle();
    }
    await settle();
    expect(pieces).toHaveLength(pieceCount - 1);
    allow(1);
    await reading;
    checkBytes(pieces, 0, sizeBytes);
    expect(rests).toEqual([]);
  });

  it('leaves a reader behind that is slower than the store, who then reads what was stored', async () => {
    rests = [];
    const { store, taken, allow } = storeUnderControl();
    const job = new CutJob(allPieces(), store);
    const reader = readCut({ start: 0, end: sizeBytes, sizeBytes }, () => job, restOf);
    const pieces = [(await reader.next()).value as Uint8Array];
    allow(pieceCount);
    expect(await job.settled).toEqual({ kind: 'stored', composition });
    expect(taken).toHaveLength(pieceCount);
    for await (const piece of reader) pieces.push(piece);
    checkBytes(pieces, 0, sizeBytes);
    // What was queued for the reader is bounded: 2 MiB.
    expect(rests).toMatchObject([{ kind: 'stored', end: sizeBytes }]);
    expect(rests[0]!.start).toBeLessThanOrEqual(2 * 1024 * 1024 + 2 * pieceBytes);
  });

  it('gives a range whose beginning is still to come from the running cut', async () => {
    rests = [];
    const { store, allow } = storeUnderControl();
    const job = new CutJob(allPieces(), store);
    const [start, end] = [40 * pieceBytes + 5, 42 * pieceBytes + 7];
    const pieces: Uint8Array[] = [];
    const reading = (async () => {
      for await (const piece of readCut({ start, end, sizeBytes }, () => job, restOf)) pieces.push(piece);
    })();
    await settle();
    allow(60);
    await reading;
    checkBytes(pieces, start, end);
    expect(rests).toEqual([]);
    allow(40);
    await job.settled;
  });

  it('lets who comes late read what was stored', async () => {
    rests = [];
    const { store, taken, allow } = storeUnderControl();
    const job = new CutJob(allPieces(), store);
    await settle();
    allow(10);
    await settle();
    expect(taken).toHaveLength(10);
    const pieces: Uint8Array[] = [];
    const reading = (async () => {
      for await (const piece of readCut({ start: 0, end: sizeBytes, sizeBytes }, () => job, restOf))
        pieces.push(piece);
    })();
    await settle();
    expect(pieces).toEqual([]);
    allow(90);
    await reading;
    checkBytes(pieces, 0, sizeBytes);
    expect(rests).toEqual([{ kind: 'stored', start: 0, end: sizeBytes }]);
  });

  it('goes on with a cut of its own where storing failed', async () => {
    rests = [];
    const job = new CutJob(allPieces(), async (content) => {
      let taken = 0;
      for await (const _ of content) if ((taken += 1) === 3) break;
      throw new Error('no space');
    });
    const pieces: Uint8Array[] = [];
    for await (const piece of readCut({ start: 0, end: sizeBytes, sizeBytes }, () => job, restOf))
      pieces.push(piece);
    checkBytes(pieces, 0, sizeBytes);
    expect(rests).toEqual([{ kind: 'failed', start: 3 * pieceBytes, end: sizeBytes }]);
  });

  it('does not end because its readers left', async () => {
    const { store, taken, allow } = storeUnderControl();
    const job = new CutJob(allPieces(), store);
    const reader = readCut({ start: 0, end: sizeBytes, sizeBytes }, () => job, restOf);
    await reader.next();
    await reader.return(undefined);
    allow(pieceCount);
    expect(await job.settled).toMatchObject({ kind: 'stored' });
    expect(taken).toHaveLength(pieceCount);
  });
});
