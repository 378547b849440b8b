import { defineCommand } from '../../command.js';
import { textOr, optionalText } from '../../options/kinds.js';
import { trainSpecOf, trainSpecOptions } from '../../options/train-spec.js';
import { printJob } from '../../pod/print-job.js';
import { priority } from '../../runs/order-options.js';

export const runsYaml = defineCommand({
  path: ['runs', 'yaml'],
  summary: 'print a training as a Job for kubectl, with no service behind it',
  details:
    'What is printed is for kubectl apply. The options are those of moda train; paths are those of the pod. The Job takes image, queue, GPUs and the rest from the variables ' +
    'that the training service has (TRAINING_POD_IMAGE, TRAINING_QUEUE, TRAINING_GPUS and so on, see docs/kubernetes.md). The model goes ' +
    'to the folder of its name in the volume of --claim, and a pod that takes the place of another one goes on from the checkpoint there.',
  examples: [
    'moda runs yaml --arch lenet5 --epochs 10 --name digits > digits.yaml',
    'moda runs yaml --arch vgg16 --dataset cifar10 --data-dir /moda/data/cifar10 --claim models > cifar.yaml',
  ],
  options: {
    ...trainSpecOptions,
    name: optionalText({
      describe: 'name of the Job; moda-train and the architecture where left out',
      placeholder: 'name',
    }),
    claim: textOr('moda-models', { describe: 'PersistentVolumeClaim for the model', placeholder: 'name' }),
    priority,
  },
  run: async ({ name, claim, priority = 0, ...fields }) => {
    const spec = trainSpecOf(fields);
    return { yaml: await printJob({ name: name ?? nameFor(spec.arch), claim, priority, spec }) };
  },
  show: ({ yaml }) => yaml.trimEnd(),
});

/** An architecture may be the path of a file, which is no name of an object in Kubernetes. */
function nameFor(arch: string): string {
  const words =
    arch
      .toLowerCase()
      .replace(/\.json$/, '')
      .match(/[a-z0-9]+/g) ?? [];
  return ['moda-train', ...words.slice(-1)].join('-');
}
