import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { schemaFile } from './write-schemas.js';

interface Checked {
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly msg: string;
}

/**
 * All that kubeconform finds in a manifest: a kind or a field that there is not, a wrong value, a key that is there twice.
 *
 * @param schemas folder of the schemas, so that no other place is asked
 * @returns how many objects it looked at, and a sentence for each that is not in order
 */
export async function conformityOf(
  kubeconform: string,
  schemas: string,
  manifest: string,
): Promise<{ readonly checked: number; readonly findings: readonly string[] }> {
  // Without -verbose it names only what is not in order, and nobody could tell that from nothing at all.
  const flags = ['-strict', '-verbose', '-output', 'json', '-schema-location', join(schemas, schemaFile)];
  const child = spawn(kubeconform, flags, { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  child.stdin.end(manifest);
  await ended;
  const { resources } = JSON.parse(output) as { readonly resources: readonly Checked[] };
  return {
    checked: resources.length,
    findings: resources
      .filter(({ status }) => status !== 'statusValid')
      .map(({ kind, name, msg }) => `${kind} ${name}: ${msg}`),
  };
}
