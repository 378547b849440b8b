import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type FakeGateway, startFakeGateway } from '../gateway/testing/fake-gateway.js';
import type { GatewaySettings, Machine, Surroundings } from '../surroundings.js';
import { moda, type Ran } from './fake-surroundings.js';

export interface Workplace {
  /** A folder of the test's own, gone after it. */
  readonly folder: () => string;
  /** Starts a gateway that is stopped after the test. */
  readonly start: (...given: Parameters<typeof startFakeGateway>) => Promise<FakeGateway>;
  /** Runs `moda` there, with a configuration of its own. */
  readonly run: (argv: readonly string[], more?: RunOptions) => Promise<Ran>;
}

export interface RunOptions extends Pick<Partial<Surroundings>, 'onInterrupt' | 'stderr' | 'stdout'> {
  readonly gateway?: Partial<GatewaySettings>;
}

/** What every spec of a command that speaks with a gateway needs. */
export function workplace(): Workplace {
  let folder = '';
  const gateways: FakeGateway[] = [];
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'moda-cli-'))));
  afterEach(async () => {
    for (const gateway of gateways.splice(0)) await gateway.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    folder: () => folder,
    start: async (...given) => {
      const gateway = await startFakeGateway(...given);
      gateways.push(gateway);
      return gateway;
    },
    run: async (argv, { gateway, ...surroundings } = {}) => {
      const machine = {
        home: join(folder, 'home'),
        folder: '/project',
        registry: { keys: {}, ci: true },
        gateway: {
          address: gateways[0]?.url,
          configFolder: join(folder, 'config'),
          readSecret: async () => undefined,
          interactive: false,
          ...gateway,
        },
      } as Machine;
      return moda(argv, { surroundings: { machine, ...surroundings } });
    },
  };
}
