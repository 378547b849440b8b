import { join } from 'node:path/posix';
import { trainArguments, type TrainSpec } from '@moda/contracts';
import type { Job } from '../api/kube-objects.js';
import { partOf } from '../job-names.js';
import { jobOfRun, places } from '../job-of-run.js';
import type { JobSettings } from '../job-settings.js';

/** A training that a person hands to the cluster, with no training service behind it. */
export interface HandOrder {
  /** Of the Job, and of the folder of the model in the volume. */
  readonly name: string;
  readonly spec: TrainSpec;
  readonly priority: number;
  /** The PersistentVolumeClaim that the model goes to. */
  readonly claim: string;
}

const out = '/out';
/** What fails five times is not bad luck. */
const failuresInAll = 4;

/**
 * The pod of a run, but that it trains by itself: the spec is in its command, the model goes to a volume, and each pod goes on from the
 * checkpoint there. Nothing in it is called as a run is, so that no training service takes it for one of its own.
 */
export function jobByHand({ name, spec, priority, claim }: HandOrder, settings: JobSettings): Job {
  const { metadata, spec: jobSpec, ...job } = jobOfRun({ id: name, priority, traceId: '' }, settings);
  // Kueue suspends it itself; where there is none, nobody else would ever start it.
  const { suspend: _suspended, template, ...rest } = jobSpec!;
  const pod = template.spec!;
  // A volume is all that `moda train` reads from.
  const { envFrom: _bucket, ...container } = pod.containers[0]!;
  const queue = Object.entries(metadata?.labels ?? {}).filter(([key]) => key.startsWith('kueue.'));
  return {
    ...job,
    metadata: { name, labels: { ...partOf, ...Object.fromEntries(queue) } },
    spec: {
      ...rest,
      backoffLimit: failuresInAll,
      template: {
        metadata: { ...template.metadata, labels: partOf },
        spec: {
          ...pod,
          containers: [
            {
              ...container,
              command: ['moda', ...trainArguments(specInPod(spec, settings), join(out, name)), '--resume'],
              env: [
                { name: 'HOME', value: places.scratch },
                { name: 'MODA_HOME', value: join(places.scratch, 'moda') },
              ],
              volumeMounts: [...kept(container.volumeMounts), { name: 'out', mountPath: out }],
            },
          ],
          volumes: [...kept(pod.volumes), { name: 'out', persistentVolumeClaim: { claimName: claim } }],
        },
      },
    },
  };
}

/** There is nobody to ship the folder of a run to, and no token. */
function kept<Item extends { readonly name: string }>(items: readonly Item[] = []): Item[] {
  return items.filter(({ name }) => name !== 'run' && name !== 'token');
}

/** Each data set has a folder of its name in the volume of data sets, unless somebody says where it is. */
function specInPod(spec: TrainSpec, { dataClaim }: JobSettings): TrainSpec {
  const comesAlong = spec.dataset === 'digits' || spec.dataset.startsWith('folder:');
  if (dataClaim === undefined || comesAlong || spec.dataDir !== undefined) return spec;
  return { ...spec, dataDir: join(places.data, spec.dataset) };
}
