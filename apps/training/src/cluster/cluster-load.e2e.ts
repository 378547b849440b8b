import { readFileSync } from 'node:fs';
import { crowding } from '@moda/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasControlPlane } from './testing/has-control-plane.js';
import { spec } from './testing/whole/specs.js';
import { WholeCluster } from './testing/whole/whole-cluster.js';

/** `MODA_QUEUED_RUNS=1000` is what a service has to bear; a few tell of a mistake sooner. */
const runCount = Number(process.env['MODA_QUEUED_RUNS'] ?? 100);
const patienceMs = 900_000;
const maxResidentBytes = 500e6;
const maxListMs = 200;

const page = `query ($after: String) { runs(first: 100, after: $after, order: queue, criteria: { states: [queued] }) {
  edges { node { id reason } } pageInfo { endCursor hasNextPage } } }`;

interface Page {
  readonly runs: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly reason: string } }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

describe.skipIf(!hasControlPlane())(`${runCount} runs in the queue of a cluster [needs kubernetes]`, () => {
  let cluster: WholeCluster;
  beforeAll(async () => {
    cluster = await WholeCluster.start({ nodes: 1, gpus: 0 });
  });
  afterAll(() => cluster?.close());

  const waiting = async () => {
    let count = 0;
    for (let after: string | null = null; ;) {
      const { runs }: Page = await cluster.runs.ask<Page>(page, { after });
      count += runs.edges.filter(({ node }) => node.reason.includes('quota')).length;
      if (!runs.pageInfo.hasNextPage) return count;
      after = runs.pageInfo.endCursor;
    }
  };

  it(
    'have their Jobs, and cost the service little',
    async () => {
      const before = residentBytes(cluster.service.pid);
      for (let i = 0; i < runCount; i += 1) await cluster.runs.submit(spec);
      await expect.poll(waiting, { timeout: patienceMs, interval: 2_000 }).toBe(runCount);
      expect(await cluster.jobs()).toHaveLength(runCount);

      const times: number[] = [];
      for (let i = 0; i < 20; i += 1) {
        const startedAt = performance.now();
        await cluster.runs.ask(page);
        times.push(performance.now() - startedAt);
      }
      const median = times.sort((a, b) => a - b)[10]!;
      const resident = residentBytes(cluster.service.pid);
      const more = `${Math.round((resident - before) / 1e6)} MB more than before`;
      console.info(
        `${runCount} queued runs: ${Math.round(resident / 1e6)} MB (${more}), a page of 100 in ${median.toFixed(1)} ms`,
      );
      expect(median).toBeLessThan(maxListMs * crowding());
      expect(resident).toBeLessThan(maxResidentBytes);
    },
    2 * patienceMs,
  );
});

function residentBytes(pid: number | undefined): number {
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
