import { closeSync, openSync } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Earlier logs that are kept beside the one of now: `.1` is the newest of them. */
const keptLogs = 3;
/** No sentence of a program stands further from the end of its log. */
const tailBytes = 16_384;

/** Puts the log of the last start aside, so that this one begins anew. */
export async function rotateLog(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  for (let number = keptLogs; number >= 1; number -= 1) {
    const from = number === 1 ? file : `${file}.${number - 1}`;
    await rename(from, `${file}.${number}`).catch(ignoreAbsent);
  }
}

/** Calls with the log opened for appending; a process started meanwhile keeps it. */
export async function withLog<T>(file: string, use: (descriptor: number) => Promise<T>): Promise<T> {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    return await use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export async function sizeOfLog(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** The last sentence that a program wrote for people since its log had a size: `moda-training: …`. */
export async function lastWords(file: string, since: number): Promise<string | undefined> {
  const lines = (await textSince(file, since)).split('\n').filter((line) => line.trim() !== '');
  const sentence = lines.findLast((line) => /^moda-[a-z]+: /.test(line));
  if (sentence !== undefined) return sentence.replace(/^moda-[a-z]+: /, '');
  // Lines of a log are JSON; a bare one is what the process died of.
  return lines.findLast((line) => !line.startsWith('{') && !line.startsWith(' '));
}

async function textSince(file: string, since: number): Promise<string> {
  const log = await open(file, 'r').catch(() => undefined);
  if (log === undefined) return '';
  try {
    const { size } = await log.stat();
    const start = Math.max(since, size - tailBytes);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    await log.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    await log.close();
  }
}

function ignoreAbsent(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
