// The other side of open-workbench.ts.
import { browserCache } from '../package-cache';
import { answerCalls } from './remote-calls';
import { createWorkbench, type Workbench } from './workbench';

/** A worker's own address may be none that others are relative to: the page says where it comes from. */
interface Setting {
  readonly origin: string;
}

type Input<Method extends keyof Workbench> = Parameters<Workbench[Method]>[0];

let workbench: Workbench | undefined;

const ready = (): Workbench => {
  if (workbench === undefined) throw new Error('The worker was not set up.');
  return workbench;
};

answerCalls(globalThis, {
  async setUp({ origin }: Setting) {
    workbench = createWorkbench({
      fetch: (url, init) => fetch(url, init),
      cache: browserCache(origin),
      wasmPath: `${origin}/marketplace/wasm/`,
    });
  },
  compose: async (input: Input<'compose'>, onProgress: (progress: unknown) => void) =>
    ready().compose(input, onProgress),
  samples: async (input: Input<'samples'>) => ready().samples(input),
  start: async (input: Input<'start'>) => ready().start(input),
  predict: async (input: Input<'predict'>) => ready().predict(input),
  latency: async () => ready().latency(),
  loaded: async () => ready().loaded(),
  take: async (input: Input<'take'>) => ready().take(input),
});
