import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { overEventStream } from '@moda/service-kit/testing';
import { type RunningService, type ServiceName, startService } from '../runs/service-process.js';

const services: readonly ServiceName[] = ['registry', 'training', 'gateway'];
const webApps: readonly ServiceName[] = ['marketplace-web', 'experiments-web'];

/** What is told of a run, as far as these suites look at it. */
export interface Told {
  readonly sequence: number;
  readonly kind: string;
  readonly body: { readonly to?: string; readonly step?: number; readonly values?: unknown };
}

const events = `subscription ($id: ID!, $after: SafeInt!) {
  runEvents(id: $id, after: $after) { sequence kind body {
    ... on StateChange { to } ... on MetricPoint { step values { name value } } } } }`;

const over = new Set(['succeeded', 'failed', 'cancelled']);

export interface WholeSystemOptions {
  /** Of PostgreSQL; the embedded database if left out. */
  readonly databaseUrl?: string | undefined;
  /** The web apps too. */
  readonly web?: boolean;
  /** Variables for every process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Registry, training and gateway, and the web apps where they are wanted, each a process; all questions go to the gateway. */
export class WholeSystem {
  private readonly running = new Map<ServiceName, RunningService>();
  /** A service that comes again is where it was. */
  private readonly ports = new Map<ServiceName, string>();

  private constructor(
    private readonly home: string,
    private readonly options: WholeSystemOptions,
  ) {}

  static async start(options: WholeSystemOptions = {}): Promise<WholeSystem> {
    const system = new WholeSystem(await mkdtemp(join(tmpdir(), 'moda-whole-')), options);
    await system.startMissing();
    return system;
  }

  /** Where people open the experiments app; the marketplace is below it. */
  get webUrl(): string {
    return this.addressOf('experiments-web');
  }

  async startMissing(): Promise<void> {
    for (const name of this.startOrder) {
      if (this.running.has(name)) continue;
      const service = await startService(name, this.environment(), this.ports.get(name) ?? '0');
      this.running.set(name, service);
      this.ports.set(name, new URL(service.url).port);
    }
  }

  /** At the same moment, as far as there is one. */
  async kill(...names: readonly ServiceName[]): Promise<void> {
    const found = names.flatMap((name) => this.running.get(name) ?? []);
    for (const name of names) this.running.delete(name);
    await Promise.all(found.map((service) => service.kill()));
  }

  killWorkers(): void {
    for (const pid of this.workers()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has just ended.
      }
    }
  }

  /** Processes that train here: their command lines name the folder of their run. */
  workers(): readonly number[] {
    return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes('moda-training-worker') && line.includes(this.home))
      .map((line) => Number.parseInt(line, 10));
  }

  async close(): Promise<void> {
    await this.kill(...this.startOrder);
    while (this.workers().length > 0) await sleep(100);
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The data of an answer; throws where it has errors, and where nobody answers. */
  async ask<T>(query: string, variables: object = {}): Promise<T> {
    const response = await fetch(`${this.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** @returns the id of a new run */
  async submit(spec: object): Promise<string> {
    const { submitRun } = await this.ask<{ submitRun: { run: { id: string } } }>(
      `mutation ($spec: JSONObject!) { submitRun(input: { experiment: "whole", spec: $spec }) {
        ... on Submission { run { id } } ... on Problem { code message } } }`,
      { spec },
    );
    return submitRun.run.id;
  }

  /** Every event of a run as it is told, until the run is over; a stream that breaks is taken up behind the last event. */
  async *follow(id: string): AsyncGenerator<Told, void, undefined> {
    for (let after = 0, state = ''; !over.has(state);) {
      try {
        for await (const { data } of overEventStream(this.gatewayUrl, events, { variables: { id, after } })) {
          const event = data?.['runEvents'] as unknown as Told | undefined;
          if (event === undefined) break;
          after = event.sequence;
          state = event.body.to ?? state;
          yield event;
        }
      } catch {
        await sleep(retryMs);
      }
    }
  }

  private environment(): Record<string, string> {
    return {
      MODA_HOME: this.home,
      ...(this.options.databaseUrl !== undefined && { DATABASE_URL: this.options.databaseUrl }),
      MODA_REGISTRY: this.addressOf('registry'),
      REGISTRY_URL: this.addressOf('registry'),
      TRAINING_URL: this.addressOf('training'),
      MODA_GATEWAY: this.addressOf('gateway'),
      MARKETPLACE_URL: this.addressOf('marketplace-web'),
      ...this.options.environment,
    };
  }

  private get startOrder(): readonly ServiceName[] {
    return this.options.web === true ? [...services, ...webApps] : services;
  }

  get gatewayUrl(): string {
    return this.addressOf('gateway');
  }

  /** Of one that is not there the place where it will be. */
  private addressOf(name: ServiceName): string {
    return `http://127.0.0.1:${this.ports.get(name) ?? '1'}`;
  }
}

const retryMs = 100;

/** All of an iteration. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export const statesOf = (told: readonly Told[]): readonly string[] =>
  told.flatMap(({ body }) => body.to ?? []);
