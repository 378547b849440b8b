import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone when the specification is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'moda platform '));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

/** A program of a few lines, to be started like a service. */
export async function writeProgram(folder: string, lines: string): Promise<string> {
  const file = join(folder, `program-${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(file, lines);
  return file;
}

/** Says that it is ready, writes a line of its log, and ends when it is told to. */
export const goodService = `
process.on('SIGTERM', () => process.exit(0));
process.stderr.write('{"msg":"started"}\\n');
process.stdout.write('good ready at http://127.0.0.1:4711\\n');
setInterval(() => {}, 1000);
`;

/** Never ends but by force. */
export const stubbornService = `
process.on('SIGTERM', () => {});
process.stdout.write('stubborn ready at http://127.0.0.1:4711\\n');
setInterval(() => {}, 1000);
`;

/** Explains itself and gives up. */
export const refusingService = `
process.stderr.write('{"msg":"started"}\\nmoda-refusing: The database is in use by process 7; stop that one.\\n');
process.exitCode = 1;
`;
