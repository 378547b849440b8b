import { dumpYaml } from '@kubernetes/client-node';
import { ModaError } from '@moda/contracts';
import { partOf } from '../job-names.js';
import type { JobSettings } from '../job-settings.js';
import { type HandOrder, jobByHand } from './job-by-hand.js';

const objectName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** A model folder is about three times its weights while it is trained; the largest of the built-in networks has 0.6 GB of weights. */
const claimSize = '5Gi';

/**
 * What `kubectl apply -f -` reads: the claim that the model goes to, and the Job.
 *
 * @throws ModaError USAGE where a name is none of an object, or the data set is nowhere in the pod
 */
export function orderAsYaml(order: HandOrder, settings: JobSettings): string {
  for (const [option, value] of [
    ['--name', order.name],
    ['--claim', order.claim],
  ] as const)
    if (!objectName.test(value))
      throw new ModaError(
        'USAGE',
        `${option} ${JSON.stringify(value)} is no name of an object in Kubernetes; give small letters, digits and dashes, at most 63.`,
      );
  const { dataset, dataDir } = order.spec;
  const isThere = dataset === 'digits' || dataset.startsWith('folder:') || dataDir !== undefined;
  if (!isThere && settings.dataClaim === undefined)
    throw new ModaError(
      'USAGE',
      `The pod has no files of ${dataset}: name the claim of the volume that has them in TRAINING_DATA_CLAIM, or their folder in the image with --data-dir.`,
    );
  return [claimOf(order.claim), jobByHand(order, settings)].map((object) => dumpYaml(object)).join('---\n');
}

/** The same as in `k8s/examples/training-job.yaml`: applied where it is there already it changes nothing. */
function claimOf(name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, labels: partOf },
    // One pod at a time writes, on whatever node.
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: claimSize } } },
  };
}
