import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Keeper, KeptProcess, ProcessEnd } from '../control-plane/keeper-client.js';
import type { ClusterFiles } from './cluster-files.js';
import { mapped } from './mapped-paths.js';
import type { PodData } from './pod-data.js';
import { expanded, podEnvironment } from './pod-environment.js';
import {
  endedStatus,
  type EndReason,
  type ReportedStatus,
  runningStatus,
  waitingStatus,
} from './pod-statuses.js';
import { layVolumes } from './pod-volumes.js';

/** Whether an image can be pulled. */
export type ImageState = 'present' | 'missing' | 'invalid';

export interface LocalPodParts {
  readonly keeper: Keeper;
  readonly files: ClusterFiles;
  /** Of this pod alone. */
  readonly folder: string;
  readonly claims: (name: string) => string;
  readonly environmentOf: (pod: PodData) => Readonly<Record<string, string>>;
  readonly imageOf: (image: string) => ImageState;
}

/** One pod whose first container is a process of this machine. */
export class LocalPod {
  /** What is to be told of it, until it has been told. */
  toReport: ReportedStatus | undefined;
  end: ProcessEnd | undefined;
  readonly log: string;
  #process: KeptProcess | undefined;
  #busy = false;
  #startedAt = new Date();
  #why: EndReason;
  #waitingFor: string | undefined;
  #stopping: NodeJS.Timeout | undefined;

  constructor(
    readonly pod: PodData,
    private readonly parts: LocalPodParts,
  ) {
    this.log = join(parts.folder, 'log');
  }

  get pid(): number | undefined {
    return this.end === undefined ? this.#process?.pid : undefined;
  }

  /** Starts the container where it can be started now; says why not where it cannot. */
  async advance(): Promise<void> {
    if (this.#busy || this.#process !== undefined || this.end !== undefined) return;
    this.#busy = true;
    try {
      await this.#start();
    } finally {
      this.#busy = false;
    }
  }

  signal(name: NodeJS.Signals, why?: EndReason): void {
    if (this.end !== undefined) return;
    this.#why = why ?? this.#why;
    this.#process?.signal(name);
  }

  /** SIGTERM now and SIGKILL after the grace period, as at the end of a pod; nothing more where that has begun. */
  terminate(graceSeconds: number, why?: EndReason): void {
    if (this.#process === undefined) {
      if (this.#busy || this.end !== undefined) return;
      this.end = { code: null, signal: 'SIGKILL' };
      this.toReport = endedStatus(this.pod, this.#startedAt, this.end, why);
      return;
    }
    if (this.#stopping !== undefined || this.end !== undefined) return;
    this.signal('SIGTERM', why);
    this.#stopping = setTimeout(() => this.signal('SIGKILL'), graceSeconds * 1000);
    this.#stopping.unref();
  }

  /** The process and all that it started are gone when this resolves; nothing is reported. */
  async destroy(): Promise<void> {
    this.signal('SIGKILL');
    await this.#process?.ended;
  }

  async #start(): Promise<void> {
    const { pod, parts } = this;
    const container = pod.spec!.containers[0]!;
    const image = container.image ?? '';
    const imageState = parts.imageOf(image);
    if (imageState === 'invalid')
      return this.#wait(
        'InvalidImageName',
        `Failed to apply default image tag "${image}": invalid reference format`,
      );
    if (imageState === 'missing')
      return this.#wait(
        this.#waitingFor === undefined ? 'ErrImagePull' : 'ImagePullBackOff',
        this.#waitingFor === undefined
          ? `failed to pull image "${image}": not found`
          : `Back-off pulling image "${image}"`,
      );
    await mkdir(parts.folder, { recursive: true });
    const mounts = await layVolumes(pod, parts.folder, parts.files, parts.claims);
    if (mounts === undefined) return this.#wait('ContainerCreating', '');
    const told = await podEnvironment(pod, parts.files);
    if (told === undefined)
      return this.#wait('CreateContainerConfigError', 'a secret or config map is not found');

    const own = Object.fromEntries(
      Object.entries(told).map(([name, value]) => [name, mapped(value, mounts)]),
    );
    const temporary = mapped('/tmp', mounts);
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: parts.folder,
      ...(temporary === '/tmp' ? {} : { TMPDIR: temporary }),
      ...own,
      ...parts.environmentOf(pod),
    };
    const [program, ...args] = [...(container.command ?? []), ...(container.args ?? [])].map((word) =>
      mapped(expanded(word, told), mounts),
    );
    if (program === undefined)
      return this.#wait('RunContainerError', 'no command is told, and an image is not run here');
    try {
      this.#process = await parts.keeper.start({ program, args, env, cwd: parts.folder, log: this.log });
    } catch (error) {
      // As a runtime that does not find the program in the image.
      this.end = { code: 128, signal: null };
      this.toReport = endedStatus(pod, this.#startedAt, this.end, undefined);
      if (this.toReport.message === undefined) this.toReport = { ...this.toReport, message: String(error) };
      return;
    }
    this.#startedAt = new Date();
    this.toReport = runningStatus(pod, this.#startedAt);
    void this.#process.ended.then((end) => {
      clearTimeout(this.#stopping);
      this.end = end;
      this.toReport = endedStatus(pod, this.#startedAt, end, this.#why);
    });
  }

  #wait(reason: string, message: string): void {
    if (this.#waitingFor === reason) return;
    this.#waitingFor = reason;
    this.toReport = waitingStatus(this.pod, reason, message);
  }
}
