import type { ServerResponse } from 'node:http';
import type { Logger } from '../log/logger.js';

/**
 * Writes pieces as fast as the reader takes them, never more than one ahead. A reader that leaves ends the content; content that fails
 * cuts the connection, so that nobody takes a part for the whole.
 */
export async function writePieces(
  response: ServerResponse,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  logger: Logger,
): Promise<void> {
  try {
    for await (const piece of content) {
      if (response.destroyed) return;
      await written(response, piece);
    }
    response.end();
  } catch (error) {
    if (response.destroyed) return;
    if (!response.headersSent) throw error;
    logger.error({ err: error }, 'A download was cut off.');
    response.destroy();
  }
}

/** Resolves when the piece has left for the system; only then may its memory be used again. */
function written(response: ServerResponse, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    response.once('close', resolve);
    response.write(piece, (error) => {
      response.off('close', resolve);
      if (error) reject(error);
      else resolve();
    });
  });
}
