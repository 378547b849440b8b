import { loadAllYaml } from '@kubernetes/client-node';
import { parseTrainSpec } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import type { Job } from '../api/kube-objects.js';
import { jobOfRun } from '../job-of-run.js';
import type { JobSettings } from '../job-settings.js';
import { sampleSettings } from '../testing/sample-settings.js';
import { handSettings } from './hand-settings.js';
import { orderAsYaml } from './order-as-yaml.js';

const order = {
  name: 'night',
  spec: parseTrainSpec({ arch: 'lenet5', epochs: 3 }),
  priority: 5,
  claim: 'moda-models',
};
const read = (more: Partial<typeof order> = {}, settings: JobSettings = sampleSettings) =>
  loadAllYaml(orderAsYaml({ ...order, ...more }, settings)) as [
    { readonly kind: string; readonly metadata: { readonly name: string } },
    Job,
  ];
const containerOf = (job: Job) => job.spec!.template.spec!.containers[0]!;

describe('a training that a person hands to the cluster', () => {
  it('is a claim and a Job, which waits in the queue with the class of its priority', () => {
    const [claim, job] = read();
    expect([claim.kind, claim.metadata.name]).toEqual(['PersistentVolumeClaim', 'moda-models']);
    expect(job.metadata).toEqual({
      name: 'night',
      labels: {
        'app.kubernetes.io/part-of': 'moda',
        'kueue.x-k8s.io/queue-name': 'moda',
        'kueue.x-k8s.io/priority-class': 'moda-high',
      },
    });
    // Where there is no Kueue nobody would start a Job that is suspended.
    expect(job.spec).not.toHaveProperty('suspend');
  });

  it('trains with the spec in its command, and goes on from what is on the volume', () => {
    const container = containerOf(read()[1]);
    expect(container.command?.join(' ')).toBe(
      'moda train --arch lenet5 --epochs 3 --out /out/night --resume',
    );
    expect(container.volumeMounts).toEqual([
      { name: 'scratch', mountPath: '/tmp' },
      { name: 'out', mountPath: '/out' },
    ]);
    expect(container.env?.map(({ name }) => name)).toEqual(['HOME', 'MODA_HOME']);
  });

  it('is no run: no training service takes it for one, and it wants no token', () => {
    const text = orderAsYaml(order, sampleSettings);
    for (const word of ['moda.dev/run', 'moda-training-pod', 'MODA_RUN', 'token:', 'secret'])
      expect(text).not.toContain(word);
  });

  it('asks for the same as the pod of a run, and may do as little', () => {
    const settings = { ...sampleSettings, gpus: 2, cpu: '4', memory: '16Gi', nodeSelector: { disk: 'fast' } };
    const [, job] = read({}, settings);
    const ofRun = jobOfRun({ id: 'night', priority: 5, traceId: '' }, settings);
    for (const part of ['image', 'resources', 'securityContext'] as const)
      expect(containerOf(job)[part]).toEqual(containerOf(ofRun)[part]);
    for (const part of ['securityContext', 'tolerations', 'nodeSelector'] as const)
      expect(job.spec?.template.spec?.[part]).toEqual(ofRun.spec?.template.spec?.[part]);
    expect(job.spec?.podFailurePolicy).toEqual(ofRun.spec?.podFailurePolicy);
  });

  it('finds its data set in the volume of data sets, or where the person says', () => {
    const spec = parseTrainSpec({ arch: 'vgg16', dataset: 'cifar10' });
    const commandOf = (settings: JobSettings, more: object = {}) =>
      containerOf(read({ spec: { ...spec, ...more } }, settings)[1]).command?.join(' ');
    const withData = { ...sampleSettings, dataClaim: 'sets' };
    expect(commandOf(withData)).toContain('--data-dir /moda/data/cifar10');
    expect(commandOf(withData, { dataDir: '/moda/data/other' })).toContain('--data-dir /moda/data/other');
    expect(() => read({ spec })).toThrow(
      'The pod has no files of cifar10: name the claim of the volume that has them in TRAINING_DATA_CLAIM, or their folder in the image with --data-dir.',
    );
  });

  it('is refused with a name that Kubernetes would refuse', () => {
    expect(() => read({ name: 'Night run' })).toThrow(
      '--name "Night run" is no name of an object in Kubernetes',
    );
    expect(() => read({ claim: '' })).toThrow('--claim "" is no name of an object');
  });
});

describe('how it is to be', () => {
  it('is what the training service is told, by the same variables', () => {
    const settings = handSettings({
      TRAINING_POD_IMAGE: 'images.example.org/gpu:7',
      TRAINING_QUEUE: 'vision',
      TRAINING_GPUS: '2',
      TRAINING_DATA_CLAIM: 'sets',
    });
    expect(settings).toMatchObject({
      image: 'images.example.org/gpu:7',
      queue: 'vision',
      gpus: 2,
      dataClaim: 'sets',
    });
  });

  it('takes the image of this version where none is named', () => {
    expect(handSettings({}).image).toMatch(/^moda\/gpu:\d+\.\d+\.\d+$/);
    expect(handSettings({ TRAINING_GPUS: '0' }).image).toMatch(/^moda\/services:/);
  });

  it('is refused with every complaint', () => {
    expect(() => handSettings({ TRAINING_GPUS: 'all', TRAINING_QUEUE: '!' })).toThrow(
      /TRAINING_QUEUE.*TRAINING_GPUS/,
    );
  });
});
