import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ModaError } from '@moda/contracts';
import { z } from 'zod';

/** What a caller sent: a text, the digest of one, or both. */
export interface NamedDocument {
  readonly text: string | undefined;
  readonly digest: string | undefined;
}

export interface TrustedDocuments {
  /** The text to answer. @throws ModaError DOCUMENT_UNTRUSTED, REQUEST_INVALID */
  resolve(named: NamedDocument): string;
}

export interface TrustedOptions {
  /** Texts by their sha256 in hexadecimal digits. */
  readonly documents: ReadonlyMap<string, string>;
  /** Nothing else is answered. */
  readonly only: boolean;
}

const listSchema = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string());

export function createTrustedDocuments({ documents, only }: TrustedOptions): TrustedDocuments {
  return {
    resolve({ text, digest }) {
      const listed = digest === undefined ? undefined : documents.get(digest.toLowerCase());
      if (text === undefined || text === '') {
        if (listed !== undefined) return listed;
        if (digest === undefined)
          throw new ModaError('REQUEST_INVALID', 'There is no question; send its text as `query`.');
        throw untrusted('No trusted document has this digest');
      }
      if (digest !== undefined && digest.toLowerCase() !== sha256(text))
        throw new ModaError('REQUEST_INVALID', 'The digest is not that of the text; send one of them.');
      if (only && !documents.has(sha256(text))) throw untrusted('The question is no trusted document');
      return text;
    },
  };
}

/**
 * Reads a list of documents: one JSON object, texts by their digests.
 * @throws ModaError DOCUMENTS_INVALID
 */
export async function readTrustedDocuments(file: string): Promise<ReadonlyMap<string, string>> {
  const list = listSchema.safeParse(await readJson(file));
  if (!list.success)
    throw unusable(file, 'it is no JSON object of texts by their sha256 in hexadecimal digits');
  const wrong = Object.entries(list.data).find(([digest, text]) => sha256(text) !== digest);
  if (wrong !== undefined) throw unusable(file, `${wrong[0]} is not the sha256 of its text`);
  return new Map(Object.entries(list.data));
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unusable(file, `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  });
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function untrusted(fact: string): ModaError {
  return new ModaError(
    'DOCUMENT_UNTRUSTED',
    `${fact}; this gateway answers nothing else, so add it to the list or ask another gateway.`,
  );
}

function unusable(file: string, why: string): ModaError {
  return new ModaError(
    'DOCUMENTS_INVALID',
    `The list of trusted documents ${file} cannot be used: ${why}; write it anew.`,
  );
}
