import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where Debian and its kin put each version, beside the PATH. */
const debianFolder = '/usr/lib/postgresql';

/**
 * The folder of a PostgreSQL server's programs (`initdb`, `postgres`): what `POSTGRES_BIN` names, one on the PATH, or the newest that
 * Debian's packages installed. Undefined where there is none of these.
 */
export async function findPostgres(
  env: NodeJS.ProcessEnv = process.env,
  debian: string = debianFolder,
): Promise<string | undefined> {
  const named = env['POSTGRES_BIN'];
  if (named !== undefined && named !== '') {
    if (await hasServer(named)) return named;
    console.error(`POSTGRES_BIN names ${named}, where there is no initdb and postgres; correct or unset it.`);
    return undefined;
  }
  const onPath = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of [...onPath, ...(await installedByDebian(debian))])
    if (await hasServer(folder)) return folder;
  return undefined;
}

async function installedByDebian(folder: string): Promise<readonly string[]> {
  const versions = await readdir(folder).catch(() => []);
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(folder, version, 'bin'));
}

async function hasServer(folder: string): Promise<boolean> {
  const programs = ['initdb', 'postgres'].map((name) => access(join(folder, name), constants.X_OK));
  return Promise.all(programs).then(
    () => true,
    () => false,
  );
}
