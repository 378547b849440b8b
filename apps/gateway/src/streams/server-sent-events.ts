/** One message of a stream of server-sent events. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** Nothing that a service sends as one event is longer (characters). */
const maxEventLength = 8 * 2 ** 20;

/** Cuts a text that comes in pieces into events; comments, which only say that the sender lives, are left out. */
export function createEventReader(): { read(piece: string): readonly ServerSentEvent[] } {
  let rest = '';
  return {
    read(piece) {
      const blocks = (rest + piece.replaceAll('\r', '')).split('\n\n');
      rest = blocks.pop() ?? '';
      if (rest.length > maxEventLength) throw new Error('An event of the stream is too long.');
      return blocks.flatMap((block) => {
        const lines = block.split('\n');
        const event = valuesOf(lines, 'event').at(-1);
        return event === undefined ? [] : [{ event, data: valuesOf(lines, 'data').join('\n') }];
      });
    },
  };
}

function valuesOf(lines: readonly string[], field: string): readonly string[] {
  return lines
    .filter((line) => line === field || line.startsWith(`${field}:`))
    .map((line) => line.slice(field.length + 1).replace(/^ /, ''));
}
