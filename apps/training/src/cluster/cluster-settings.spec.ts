import { readEnvironment } from '@moda/service-kit';
import { describe, expect, it } from 'vitest';
import { clusterSettings, clusterVariables } from './cluster-settings.js';
import { sampleSettings } from './testing/sample-settings.js';

const read = (variables: Record<string, string>) =>
  clusterSettings(readEnvironment(clusterVariables, variables));
const least = {
  TRAINING_EXECUTOR: 'kubernetes',
  TRAINING_POD_IMAGE: 'moda.invalid/gpu:1',
  TRAINING_POD_URL: 'http://training:4001',
};

describe('where runs are at work', () => {
  it('is this machine, if nobody says otherwise', () => {
    expect(read({})).toBeUndefined();
    expect(read({ TRAINING_POD_IMAGE: 'x', TRAINING_EXECUTOR: 'local' })).toBeUndefined();
  });

  it('is a cluster, of which little has to be known', () => {
    expect(read(least)).toEqual(sampleSettings);
  });

  it('takes what is given', () => {
    expect(
      read({
        ...least,
        KUBE_NAMESPACE: 'lab',
        TRAINING_GPUS: '2',
        TRAINING_POD_MEMORY: '16Gi',
        TRAINING_NODE_SELECTOR: 'disk=fast, zone=',
        TRAINING_TOLERATIONS: 'team=vision:NoExecute,nvidia.com/gpu',
        TRAINING_DEADLINE_S: '86400',
        TRAINING_DATA_CLAIM: 'data-sets',
      }),
    ).toMatchObject({
      namespace: 'lab',
      gpus: 2,
      memory: '16Gi',
      nodeSelector: { disk: 'fast', zone: '' },
      tolerations: [{ key: 'team', value: 'vision', effect: 'NoExecute' }, { key: 'nvidia.com/gpu' }],
      deadlineSeconds: 86_400,
      dataClaim: 'data-sets',
    });
  });

  it('is refused where something is missing, or cannot be', () => {
    expect(() => read({ TRAINING_EXECUTOR: 'kubernetes' })).toThrow(/TRAINING_POD_IMAGE.*TRAINING_POD_URL/);
    const wrong = {
      TRAINING_EXECUTOR: 'cloud',
      KUBE_NAMESPACE: 'No Name',
      TRAINING_GPUS: '-1',
      TRAINING_POD_MEMORY: 'much',
      TRAINING_NODE_SELECTOR: 'fast',
      TRAINING_TOLERATIONS: 'a:Never',
    };
    const names = Object.keys(wrong).join('.*');
    expect(() => read(wrong)).toThrow(new RegExp(names));
  });
});
