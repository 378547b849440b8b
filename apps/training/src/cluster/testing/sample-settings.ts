import type { JobSettings } from '../job-settings.js';

export const sampleSettings: JobSettings = {
  namespace: 'moda',
  image: 'moda.invalid/gpu:1',
  serviceUrl: 'http://training:4001',
  queue: 'moda',
  gpus: 1,
  cpu: undefined,
  memory: undefined,
  nodeSelector: {},
  tolerations: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
  podAnnotations: {},
  deadlineSeconds: undefined,
  keepSeconds: 3600,
  dataClaim: undefined,
  dataSecret: undefined,
  graceSeconds: 60,
};
