import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type ControlPlane, type PodSimulation, simulatePods, startControlPlane } from '@moda/kubernetes';
import type { Job, Pod } from '../../api/kube-objects.js';
import { jobName, runLabel } from '../../job-names.js';
import { applyOverlay } from './overlay-parts.js';
import { ServiceProcess } from './service-process.js';
import { type Outcome, ToldRuns } from './told-runs.js';

export interface WholeClusterOptions {
  /** 2 if not said. */
  readonly nodes?: number;
  /** 8 if not said. */
  readonly gpusPerNode?: number;
  /** Quota of the queue: so many runs at a time. 2 if not said. */
  readonly gpus?: number;
  /** More for the training service. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Of all training pods. */
export const trainingImage = 'registry.invalid/moda/gpu:1.2.3';

/** `moda`, as the image of training pods has it. */
const commands = join(import.meta.dirname, '..', '..', '..', '..', '..', '..', 'node_modules', '.bin');

/**
 * The training service as a process, under its own account with the rights that the overlay gives it, on a real control plane; its pods
 * run their real command as processes of this machine. It is spoken with over GraphQL, and with the cluster over kubectl.
 */
export class WholeCluster {
  private constructor(
    readonly plane: ControlPlane,
    readonly pods: PodSimulation,
    readonly service: ServiceProcess,
    readonly runs: ToldRuns,
    /** Of the claim with the data sets: a folder for each. */
    readonly dataFolder: string,
    /** Images that cannot be pulled now. */
    readonly missingImages: Set<string>,
    private readonly home: string,
  ) {}

  static async start(options: WholeClusterOptions = {}): Promise<WholeCluster> {
    const { environment = {}, gpus = 2, gpusPerNode = 8, nodes = 2 } = options;
    const plane = await startControlPlane({ nodes, gpusPerNode });
    const home = await mkdtemp(join(tmpdir(), 'moda-whole-cluster-'));
    try {
      const dataFolder = join(home, 'data');
      await mkdir(dataFolder);
      const missingImages = new Set<string>();
      const told = await applyOverlay(plane, gpus);
      const kubeconfig = await plane.kubeconfigOf({ namespace: 'moda', name: 'moda-training' });
      const service = await ServiceProcess.start((url) => ({
        ...told,
        TRAINING_EXECUTOR: 'kubernetes',
        TRAINING_POD_URL: url,
        TRAINING_POD_IMAGE: trainingImage,
        KUBECONFIG: kubeconfig,
        KUBE_NAMESPACE: 'moda',
        MODA_HOME: join(home, 'service'),
        ...environment,
      }));
      const pods = simulatePods(plane, {
        environmentOf: () => ({
          PATH: [commands, process.env['PATH']].join(delimiter),
          // Every checkpoint is shipped: these runs are short.
          POD_CHECKPOINT_EVERY_MS: '0',
        }),
        imageOf: (image) => (missingImages.has(image) ? 'missing' : 'present'),
        claims: { 'moda-data': dataFolder },
      });
      const runs = new ToldRuns(service.url);
      return new WholeCluster(plane, pods, service, runs, dataFolder, missingImages, home);
    } catch (error) {
      await plane.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.service.end();
    await this.pods.stop();
    await this.plane.stop();
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  async job(id: string): Promise<Job | undefined> {
    return (await this.jobs()).find(({ metadata }) => metadata?.name === jobName(id));
  }

  /** All of the namespace. */
  async jobs(): Promise<readonly Job[]> {
    return this.list<Job>('jobs');
  }

  /** Pods of a run that the API server has, the oldest first. */
  async podsOf(id: string): Promise<readonly Pod[]> {
    return this.list<Pod>('pods', '-l', `${runLabel}=${id}`, '--sort-by=.metadata.creationTimestamp');
  }

  /** The pod of a run whose process is alive. */
  podAtWork(id: string): { readonly name: string; readonly pid: number } | undefined {
    const found = this.pods
      .pods()
      .find(({ labels, pid, end }) => labels[runLabel] === id && pid !== undefined && end === undefined);
    return found?.pid === undefined ? undefined : { name: found.name, pid: found.pid };
  }

  private async list<Kind>(kind: string, ...more: readonly string[]): Promise<readonly Kind[]> {
    const { stdout } = await this.plane.kubectl(['-n', 'moda', 'get', kind, ...more, '-o', 'json']);
    return (JSON.parse(stdout) as { items: Kind[] }).items;
  }
}

/** What comes of specs where nothing disturbs them: the same service, with its workers on this machine. */
export async function undisturbed(specs: readonly object[]): Promise<readonly Outcome[]> {
  const home = await mkdtemp(join(tmpdir(), 'moda-undisturbed-'));
  const service = await ServiceProcess.start(() => ({ MODA_HOME: home }));
  try {
    const runs = new ToldRuns(service.url);
    const ids: string[] = [];
    for (const spec of specs) ids.push(await runs.submit(spec));
    return await Promise.all(ids.map((id) => runs.outcome(id)));
  } finally {
    await service.end('SIGTERM');
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
