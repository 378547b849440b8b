import { describe, expect, it } from 'vitest';
import type { Job } from './api/kube-objects.js';
import { jobOfRun, priorityClass, secretOfRun } from './job-of-run.js';
import type { JobSettings } from './job-settings.js';
import { runId, sampleRun } from './testing/sample-run.js';
import { sampleSettings } from './testing/sample-settings.js';

const jobWith = (settings: Partial<JobSettings> = {}) =>
  jobOfRun(sampleRun(), { ...sampleSettings, ...settings });
const podOf = (job: Job) => job.spec!.template.spec!;
const containerOf = (job: Job) => podOf(job).containers[0]!;

describe('the Job of a run', () => {
  it('has the name of the run, and waits for Kueue in its queue', () => {
    const { metadata, spec } = jobWith();
    expect(metadata).toEqual({
      name: `moda-run-${runId}`,
      namespace: 'moda',
      labels: {
        'app.kubernetes.io/part-of': 'moda',
        'app.kubernetes.io/name': 'moda-training-pod',
        'moda.dev/run': runId,
        'kueue.x-k8s.io/queue-name': 'moda',
        'kueue.x-k8s.io/priority-class': 'moda-normal',
      },
    });
    expect(spec).toMatchObject({ suspend: true, completions: 1, parallelism: 1 });
    expect(spec?.template.metadata?.labels).toMatchObject({ 'moda.dev/run': runId });
  });

  it('has one pod at a time, and tries again what was nobody’s fault', () => {
    const { spec } = jobWith();
    expect(spec?.podReplacementPolicy).toBe('Failed');
    expect(podOf(jobWith()).restartPolicy).toBe('Never');
    const rules = spec?.podFailurePolicy?.rules.map(({ action, onExitCodes, onPodConditions }) => [
      action,
      onExitCodes?.values ?? onPodConditions?.map(({ type }) => type),
    ]);
    expect(rules).toEqual([
      ['Ignore', ['DisruptionTarget']],
      ['FailJob', [1, 2]],
      ['Ignore', [130]],
    ]);
    expect(spec?.backoffLimit).toBeGreaterThan(10);
  });

  it('asks for what the settings say', () => {
    const job = jobWith({
      gpus: 2,
      cpu: '4',
      memory: '16Gi',
      nodeSelector: { disk: 'fast' },
      tolerations: [{ key: 'team', value: 'vision', effect: 'NoExecute' }, { key: 'nvidia.com/gpu' }],
      deadlineSeconds: 60,
      keepSeconds: 5,
      graceSeconds: 90,
      podAnnotations: { a: 'b' },
    });
    const amounts = { 'nvidia.com/gpu': '2', cpu: '4', memory: '16Gi' };
    expect(containerOf(job).resources).toEqual({ limits: amounts, requests: amounts });
    expect(podOf(job)).toMatchObject({
      nodeSelector: { disk: 'fast' },
      tolerations: [
        { key: 'team', operator: 'Equal', value: 'vision', effect: 'NoExecute' },
        { key: 'nvidia.com/gpu', operator: 'Exists' },
      ],
      terminationGracePeriodSeconds: 90,
    });
    expect(job.spec).toMatchObject({ activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 5 });
    expect(job.spec?.template.metadata?.annotations).toEqual({ a: 'b' });
    const plain = jobWith({ gpus: 0 });
    expect(containerOf(plain).resources).toEqual({ limits: {}, requests: {} });
    expect(plain.spec).not.toHaveProperty('activeDeadlineSeconds');
  });

  it('has a class of its priority', () => {
    expect([-1, 0, 1].map(priorityClass)).toEqual(['moda-low', 'moda-normal', 'moda-high']);
  });

  it('may do as little as a pod can', () => {
    const pod = podOf(jobWith());
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(pod.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it('writes to folders of its own only, and reads data where there are some', () => {
    const writable = (job: Job) =>
      containerOf(job)
        .volumeMounts!.filter(({ readOnly }) => readOnly !== true)
        .map(({ mountPath }) => mountPath);
    expect(writable(jobWith())).toEqual(['/moda/run', '/tmp']);
    const job = jobWith({ dataClaim: 'sets' });
    expect(writable(job)).toEqual(['/moda/run', '/tmp']);
    expect(podOf(job).volumes).toContainEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'sets', readOnly: true },
    });
    expect(containerOf(job).env).toContainEqual({ name: 'MODA_DATA', value: '/moda/data' });
    const fromBucket = containerOf(jobWith({ dataSecret: 'bucket' }));
    expect(fromBucket.envFrom).toEqual([{ prefix: 'MODA_DATA_', secretRef: { name: 'bucket' } }]);
    expect(containerOf(job).envFrom).toBeUndefined();
  });

  it('tells its pod who it is, without the token', () => {
    const names = containerOf(jobWith()).env!.map(({ name }) => name);
    for (const name of [
      'MODA_RUN_ID',
      'MODA_TRAINING_URL',
      'MODA_RUN_TOKEN_FILE',
      'MODA_POD_NAME',
      'MODA_POD_UID',
    ])
      expect(names).toContain(name);
    expect(containerOf(jobWith({ graceSeconds: 50 })).env).toContainEqual({
      name: 'POD_GRACE_MS',
      value: '40000',
    });
    const secret = secretOfRun(sampleRun(), 'a token', { namespace: 'moda', jobUid: 'u' });
    expect(secret.metadata?.ownerReferences).toMatchObject([
      { kind: 'Job', name: `moda-run-${runId}`, uid: 'u' },
    ]);
    expect(podOf(jobWith()).volumes).toContainEqual({
      name: 'token',
      secret: { secretName: secret.metadata?.name, defaultMode: 0o440 },
    });
    expect(secret.stringData).toEqual({ token: 'a token' });
  });
});
