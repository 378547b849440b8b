import { readFile } from 'node:fs/promises';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; its own account comes with its package, the other with the system. */
const accounts = ['postgres', 'nobody'];

/** As whom to run a server; undefined where this process may do it itself. */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const entries = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const account of accounts) {
    const entry = entries.find(([name]) => name === account);
    if (entry !== undefined) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error(`PostgreSQL does not run as root, and there is no account ${accounts.join(' or ')}.`);
}
