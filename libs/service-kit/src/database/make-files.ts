import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { startParams } from './pglite-settings.js';

/** CommonJS, for it runs from a text: PGlite's place, the folder and the settings are behind it. */
const program = `
const [place, dataDir, startParams] = process.argv.slice(1);
process.once('disconnect', () => process.exit(1));
require(place)
  .PGlite.create({ dataDir, startParams: JSON.parse(startParams) })
  .then((client) => client.close())
  .then(
    () => process.exit(0),
    (error) => {
      process.stderr.write(String(error?.message ?? error));
      process.exit(1);
    },
  );
`;

/**
 * Makes the files of a new database in a process of its own: it takes 800 MB for some seconds, which a service that runs for weeks would
 * never give back. The process ends with this one.
 *
 * @param dataDir where nothing is yet
 * @throws Error what went wrong, in the words of the database
 */
export async function makeFiles(dataDir: string): Promise<void> {
  const place = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const child = spawn(
    process.execPath,
    ['--input-type=commonjs', '--eval', program, place, dataDir, JSON.stringify(startParams)],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-1000)));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...end) => resolve(end));
  });
  if (code !== 0)
    throw new Error(said.trim() || `making its files ended with ${signal ?? `exit code ${code}`}`);
}
