import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface KubectlOutput {
  readonly stdout: string;
  /** Warnings of the API server among it. */
  readonly stderr: string;
}

export type Kubectl = (args: readonly string[], input?: string) => Promise<KubectlOutput>;

/**
 * kubectl with a certain kubeconfig.
 * @throws Error with all that kubectl complained of
 */
export function kubectlOf(programs: string, folder: string, kubeconfig: string): Kubectl {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    KUBECONFIG: kubeconfig,
    KUBECACHEDIR: join(folder, 'kubectl-cache'),
  };
  return (args, input) =>
    new Promise((resolve, reject) => {
      const child = spawn(join(programs, 'kubectl'), args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.once('error', reject);
      child.once('close', (code, signal) => {
        if (code === 0) resolve({ stdout, stderr });
        else
          reject(
            new Error(`kubectl ${args.join(' ')} ended with ${signal ?? code}: ${(stderr || stdout).trim()}`),
          );
      });
      // kubectl may end before it has read all.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input ?? '');
    });
}
