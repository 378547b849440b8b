import { ModaError } from '@moda/contracts';
import type { z } from 'zod';

const patienceMs = 5_000;
/** A set of keys has some kilobytes. */
const maxDocumentBytes = 2 ** 19;

/**
 * A small JSON document of a service that access depends on.
 * @throws ModaError ACCESS_UNAVAILABLE
 */
export async function fetchDocument<Form extends z.ZodType>(
  url: string,
  form: Form,
  what: string,
): Promise<z.output<Form>> {
  const unavailable = (reason: string): ModaError =>
    new ModaError('ACCESS_UNAVAILABLE', `${what} cannot be had from ${url}: ${reason}; ask again later.`, {
      url,
    });
  let text: string;
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(patienceMs),
      redirect: 'error',
    });
    if (!response.ok) throw unavailable(`it answers with status ${response.status}`);
    text = await limitedText(response);
  } catch (error) {
    if (error instanceof ModaError) throw error;
    throw unavailable(error instanceof RangeError ? error.message : 'it does not answer');
  }
  try {
    return form.parse(JSON.parse(text));
  } catch {
    throw unavailable('its answer is not of the form that the standard demands');
  }
}

async function limitedText(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += piece.length;
    if (sizeBytes > maxDocumentBytes) throw new RangeError('its answer is too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
