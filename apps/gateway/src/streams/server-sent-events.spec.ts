import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventReader } from './server-sent-events.js';

describe('a stream of events', () => {
  it('is read the same however it is cut into pieces', () => {
    const texts = fc.array(fc.json(), { maxLength: 5 });
    fc.assert(
      fc.property(texts, fc.array(fc.nat(40)), (data, cuts) => {
        const wire = `:\n\n${data.map((text) => `event: next\ndata: ${text}\n\n`).join(':\n\n')}`;
        const reader = createEventReader();
        const events = piecesOf(wire, cuts).flatMap((piece) => reader.read(piece));
        expect(events).toEqual(data.map((text) => ({ event: 'next', data: text })));
      }),
    );
  });

  it('may end its lines as HTTP does, and have data of several lines', () => {
    expect(
      createEventReader().read('event: next\r\ndata: a\r\ndata: b\r\n\r\nevent: complete\ndata:\n\n'),
    ).toEqual([
      { event: 'next', data: 'a\nb' },
      { event: 'complete', data: '' },
    ]);
  });

  it('is given up where one event has no end', () => {
    const reader = createEventReader();
    expect(() => {
      for (let piece = 0; piece < 9; piece += 1) reader.read('x'.repeat(2 ** 20));
    }).toThrow('too long');
  });
});

function piecesOf(text: string, lengths: readonly number[]): readonly string[] {
  const [length, ...rest] = lengths;
  if (length === undefined) return [text];
  return [text.slice(0, length), ...piecesOf(text.slice(length), rest)];
}
