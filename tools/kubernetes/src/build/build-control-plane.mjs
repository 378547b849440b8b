import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBuildRecipe } from './build-recipe.mjs';
import { runProgram } from './run-program.mjs';

/** What the port of Kueue's webhooks is called until it is known. */
export const webhookPort = 'KUEUE_WEBHOOK_PORT';

/**
 * Builds the programs with Go and prepares the manifests that go with them.
 * @param {string} sources Folder of the Go module.
 * @param {string} target An existing folder, which gets `bin` and `manifests`.
 * @param {{ env: NodeJS.ProcessEnv, say: (line: string) => void }} options
 * @returns {Promise<void>}
 * @throws Error where something cannot be fetched or built
 */
export async function buildControlPlane(sources, target, { env: given, say }) {
  const { programs, goFlags, copied, rendered } = readBuildRecipe(sources);
  const env = { ...given, CGO_ENABLED: '0', GOFLAGS: goFlags };
  /** @type {(module: string, ...args: string[]) => Promise<string>} */
  const go = async (module, ...args) =>
    (await runProgram('go', args, { env, cwd: join(sources, module) })).trim();

  const versions = await linkedVersions(go);
  for (const { name, package: package_, module } of programs) {
    say(`Building ${name}.`);
    await go(module, 'build', '-ldflags', versions, '-o', join(target, 'bin', name), package_);
  }

  const manifests = join(target, 'manifests');
  await cp(join(sources, 'manifests'), manifests, { recursive: true });
  for (const { module, of, folder, to } of copied) {
    const from = join(await go(module, 'list', '-m', '-f', '{{.Dir}}', of), folder);
    await copyWritable(from, join(manifests, to));
  }
  for (const [folder, file] of Object.entries(rendered)) {
    const yaml = await runProgram(join(target, 'bin', 'kubectl'), ['kustomize', join(manifests, folder)], {
      env,
    });
    await writeFile(join(manifests, file), withWebhookPort(yaml));
  }
}

/**
 * Without these the programs take themselves for v0.0.0, and clients warn of the distance.
 * @param {(module: string, ...args: string[]) => Promise<string>} go
 */
async function linkedVersions(go) {
  const kubernetes = await go('.', 'list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes');
  const kueue = await go('.', 'list', '-m', '-f', '{{.Version}}', 'sigs.k8s.io/kueue');
  const minor = kubernetes.split('.')[1];
  const all = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((name) => [
    `${name}.gitVersion=${kubernetes}`,
    `${name}.gitMajor=1`,
    `${name}.gitMinor=${minor}`,
    `${name}.gitTreeState=clean`,
  ]);
  return [
    '-s -w',
    ...[...all, `sigs.k8s.io/kueue/pkg/version.GitVersion=${kueue}`].map((text) => `-X ${text}`),
  ].join(' ');
}

/**
 * The module cache is read-only, which a copy of it must not be.
 * @param {string} from
 * @param {string} to
 */
async function copyWritable(from, to) {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyWritable(source, target);
    else if (entry.name.endsWith('.yaml')) await writeFile(target, await readFile(source));
  }
}

/**
 * Webhooks of Kueue are reached at a port of this machine that is known when it starts; a Service would have a port of its own.
 * @param {string} yaml
 */
function withWebhookPort(yaml) {
  return yaml.replace(/^( {6,})name: kueue-webhook-service$/gm, `$&\n$1port: ${webhookPort}`);
}
