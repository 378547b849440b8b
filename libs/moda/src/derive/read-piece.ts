import { ModaError } from '@moda/contracts';

/**
 * Reads bytes `start` to `end` (exclusive) of a file: all at once, or as chunks of any size. Exactly these bytes have to come.
 */
export type ReadRange = (start: number, end: number) => AsyncIterable<Uint8Array> | Promise<Uint8Array>;

/**
 * Fills `target` with the bytes of a file from `start` on. Ends early once `stopped` says that nobody waits for them.
 *
 * @throws ModaError BLOB_DAMAGED where fewer or more bytes come; whatever `read` throws
 */
export async function readPiece(
  read: ReadRange,
  start: number,
  target: Uint8Array,
  stopped: () => boolean,
): Promise<void> {
  const answer = read(start, start + target.length);
  let filled = 0;
  const put = (bytes: Uint8Array) => {
    if (filled + bytes.length > target.length) throw damaged(start, target.length, 'more came');
    target.set(bytes, filled);
    filled += bytes.length;
  };
  if (Symbol.asyncIterator in answer) {
    for await (const bytes of answer) {
      if (stopped()) return;
      put(bytes);
    }
  } else {
    put(await answer);
  }
  if (filled < target.length) throw damaged(start, target.length, `only ${filled} came`);
}

function damaged(start: number, length: number, fact: string): ModaError {
  return new ModaError(
    'BLOB_DAMAGED',
    `Of the parent model's weights ${length} bytes from byte ${start} on were asked for, but ${fact}; restore the file.`,
    { start, length },
  );
}
