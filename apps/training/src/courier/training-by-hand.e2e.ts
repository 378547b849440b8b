import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadAllYaml, type V1Container, type V1Job } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from './testing/pod-place.js';

const examples = join(import.meta.dirname, '..', '..', '..', '..', 'k8s', 'examples');
const registryProgram = join(import.meta.dirname, '..', '..', '..', 'registry', 'bin', 'moda-registry.mjs');
/** Fewer images than the manifest trains with, so that the test ends. */
const fewer = ['--train-limit=200'];

let folder: string;
let training: V1Job;
let publishing: V1Job;
let expected: string;
let registry: ChildProcess | undefined;

async function jobOf(name: string): Promise<V1Job> {
  const documents = loadAllYaml(await readFile(join(examples, name), 'utf8')) as V1Job[];
  return documents.find(({ kind }) => kind === 'Job')!;
}

const containerOf = ({ spec }: V1Job): V1Container => spec!.template.spec!.containers[0]!;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-by-hand-'));
  training = await jobOf('training-job.yaml');
  publishing = await jobOf('publish-job.yaml');
  const pod = start(training, 'undisturbed', fewer);
  expect(await pod.exit, pod.said()).toBe(0);
  expected = await weights('undisturbed');
});
afterAll(async () => {
  if (registry?.exitCode === null) {
    registry.kill('SIGTERM');
    await once(registry, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command of a Job with its environment, and with a folder of this machine in the place of each volume. */
function start(job: V1Job, volume: string, more: readonly string[] = [], variables: NodeJS.ProcessEnv = {}) {
  const { command = [], env = [], volumeMounts = [] } = containerOf(job);
  // Of one place only: what comes of it may begin as another does.
  const onMachine = (text: string): string => {
    const [, option = '', path = ''] = /^(--[a-z-]+=)?(.*)$/.exec(text) ?? [];
    const mount = volumeMounts.find(
      ({ mountPath }) => path === mountPath || path.startsWith(`${mountPath}/`),
    );
    if (mount === undefined) return text;
    return `${option}${join(folder, volume, mount.name)}${path.slice(mount.mountPath.length)}`;
  };
  const given = env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, onMachine(value)]]));
  const [program, ...words] = command.map(onMachine);
  expect(program).toBe('moda');
  const child = spawn(process.execPath, [commandLine, ...words, ...more], {
    env: { PATH: process.env['PATH'], ...(Object.fromEntries(given) as NodeJS.ProcessEnv), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exit = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return { child, exit, said: () => said };
}

const modelOf = (volume: string): string => join(folder, volume, 'out', 'model');

async function weights(volume: string): Promise<string> {
  const bytes = await readFile(join(modelOf(volume), 'weights.safetensors'));
  return createHash('sha256').update(bytes).digest('hex');
}

async function untilThere(path: string): Promise<void> {
  const deadline = Date.now() + 180_000;
  while (!existsSync(path)) {
    if (Date.now() > deadline) throw new Error(`${path} does not come to be.`);
    await sleep(10);
  }
}

describe('a Job written by hand', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'that is ended by %s goes on with the same command on the same volume, to the same weights',
    async (signal) => {
      const first = start(training, signal, fewer);
      await untilThere(join(modelOf(signal), 'checkpoint.safetensors'));
      first.child.kill(signal);
      expect(await first.exit, first.said()).toBe(signal === 'SIGTERM' ? 130 : 'SIGKILL');
      const second = start(training, signal, fewer);
      expect(await second.exit, second.said()).toBe(0);
      expect(await weights(signal)).toBe(expected);
    },
  );

  it('has an exit code for what would be wrong each time, and is not tried again then', async () => {
    const pod = start(training, 'wrong', ['--epochs=none']);
    const code = await pod.exit;
    expect(code, pod.said()).toBe(2);
    const rules = training.spec!.podFailurePolicy!.rules;
    expect(rules.find(({ onExitCodes }) => onExitCodes?.values.includes(2))?.action).toBe('FailJob');
    expect(rules.find(({ onExitCodes }) => onExitCodes?.values.includes(130))?.action).toBe('Ignore');
  });

  it('has its result published by the other one', async () => {
    const home = join(folder, 'registry');
    registry = spawn(process.execPath, [registryProgram], {
      env: { PATH: process.env['PATH'], MODA_HOME: home, REGISTRY_PORT: '0', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(registry.stdout!.setEncoding('utf8'), 'data')) as [string];
    const address = /ready at (\S+)/.exec(line)![1]!;
    // As the Secret that the manifest speaks of: a key that the registry trusts.
    await mkdir(join(folder, 'undisturbed', 'keys'), { recursive: true });
    const key = join(home, 'keys', 'signing-key.json');
    const variables = { MODA_REGISTRY: address, MODA_SIGNING_KEY: key };
    const pod = start(publishing, 'undisturbed', [], variables);
    expect(await pod.exit, pod.said()).toBe(0);
    expect(pod.said()).toMatch(/published\s+ada\/digits@1\.0\.0/);
    const again = start(publishing, 'undisturbed', [], variables);
    expect(await again.exit, again.said()).toBe(0);
    expect(again.said()).toContain('was there already');
  });
});

describe('both manifests', () => {
  it('ask for no right that a pod of a restricted namespace has not', () => {
    for (const job of [training, publishing]) {
      const { automountServiceAccountToken, securityContext } = job.spec!.template.spec!;
      expect(automountServiceAccountToken).toBe(false);
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(containerOf(job).securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('speak of one volume, and write nowhere else but in scratch folders', () => {
    for (const job of [training, publishing]) {
      const { volumes = [] } = job.spec!.template.spec!;
      const claim = volumes.find(({ name }) => name === 'out')?.persistentVolumeClaim?.claimName;
      expect(claim).toBe('moda-models');
      for (const { name, readOnly } of containerOf(job).volumeMounts ?? [])
        if (readOnly !== true) expect(['out', 'scratch']).toContain(name);
    }
  });
});
