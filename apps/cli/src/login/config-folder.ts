import { join } from 'node:path';

/** Where the command line keeps what belongs to its user: `MODA_CONFIG`, or `moda` in the user's folder for configuration. */
export function configFolder(environment: NodeJS.ProcessEnv, home: string): string {
  const { MODA_CONFIG: own, XDG_CONFIG_HOME: shared } = environment;
  return own || join(shared || join(home, '.config'), 'moda');
}
