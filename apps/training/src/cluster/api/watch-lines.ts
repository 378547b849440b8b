import type { Readable } from 'node:stream';

/** What is said about an object by a watch; `ERROR` carries a status instead. */
export interface WatchEvent {
  readonly type: string;
  readonly object: unknown;
}

/**
 * The events of a watch as they come, until it ends.
 *
 * @throws where the connection breaks off: node:readline would only wait for the next line then
 */
export async function* watchLines(source: Readable): AsyncGenerator<WatchEvent> {
  source.setEncoding('utf8');
  let rest = '';
  for await (const part of source) {
    rest += String(part);
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line) as WatchEvent;
  }
}
