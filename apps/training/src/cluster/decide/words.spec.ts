import { describe, expect, it } from 'vitest';
import { sampleSettings } from '../testing/sample-settings.js';
import { aPod, aWorkload, ended, waits } from '../testing/sample-sights.js';
import { unheard, whyEnded, whyEvicted, whyNotRunning, whyQueued } from './words.js';

describe('why a run waits', () => {
  it.each([
    [
      "couldn't assign flavors to pod set main: insufficient unused quota for nvidia.com/gpu in flavor gpu, 2 more needed",
      'the quota of nvidia.com/gpu in the queue moda is in use, and 2 more is needed',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient unused quota for cpu in flavor moda, 4 more needed, insufficient unused quota for nvidia.com/gpu in flavor moda, 1 more needed",
      'the quota of nvidia.com/gpu in the queue moda is in use, and 1 more is needed',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient unused quota for memory in flavor moda, 4Gi more needed, insufficient unused quota for cpu in flavor moda, 2 more needed",
      'the quota of memory in the queue moda is in use, and 4Gi more is needed',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient quota for nvidia.com/gpu in flavor gpu, request > maximum capacity (4 > 2)",
      'It asks for more than the queue moda ever has',
    ],
    ["LocalQueue moda doesn't exist", 'There is no queue moda in the namespace moda; apply'],
    ['ClusterQueue gpus is inactive', 'The queue moda is closed at the moment'],
    ['Waiting for something. And more.', 'It waits in the queue moda: Waiting for something.'],
    ['', 'It waits in the queue moda.'],
  ])('%s', (message, words) => {
    expect(whyQueued(waits(message), sampleSettings)).toContain(words);
  });

  it('for nobody takes its Job, or somebody has switched it off', () => {
    expect(whyQueued(undefined, sampleSettings)).toContain('whether Kueue is installed');
    expect(whyQueued(aWorkload({ active: false }), sampleSettings)).toContain('switched its Workload off');
  });
});

describe('why a run has lost its place', () => {
  it.each([
    ['Preempted', 'given to run other, of higher priority'],
    ['PodsReadyTimeout', 'not ready in the time'],
    ['ClusterQueueStopped', 'The queue moda was stopped'],
    ['NodeFailures', 'The node that it had was lost'],
    ['Deactivated', 'switched its Workload off'],
    ['AdmissionCheck', 'Kueue has taken its place back: because.'],
  ])('%s', (reason, words) => {
    const workload = aWorkload({ evicted: { reason, message: 'because' }, preemptor: 'other' });
    expect(whyEvicted(workload, sampleSettings)).toContain(words);
  });
});

describe('how a pod ended', () => {
  const disrupted = (reason: string) => ended(143, { disruption: { reason, message: '' } });
  it.each([
    [undefined, 'Its pod is gone'],
    [
      ended(137, { exit: { code: 137, reason: 'OOMKilled', message: '' } }),
      'ran out of memory; a smaller batch needs less',
    ],
    [ended(137), 'was killed, most likely because memory ran out'],
    [
      ended(143, { because: { reason: 'Evicted', message: 'The node was low on resource: memory. x' } }),
      'was evicted by its node: The node was low on resource: memory.',
    ],
    [disrupted('PreemptionByScheduler'), 'for a pod of higher priority'],
    [disrupted('DeletionByTaintManager'), 'its node was lost'],
    [disrupted('EvictionByEvictionAPI'), 'when a node is drained'],
    [disrupted('DeletionByPodGC'), 'its node was lost'],
    [disrupted('TerminationByKubelet'), 'its node had no room left'],
    [ended(130), 'its checkpoint is written'],
    [ended(143), 'before it could write a checkpoint'],
    [
      ended(139, { exit: { code: 139, reason: 'Error', message: 'one\ntwo\n' } }),
      'exit code 139. Its last words: two',
    ],
    [aPod({ deleting: true }), 'was deleted.'],
  ])('%#: %s', (pod, words) => {
    expect(whyEnded(pod)).toContain(words);
  });
});

describe('what a pod waits for', () => {
  const notYet = { running: false };
  const said = (unschedulable: string) => aPod({ ...notYet, node: undefined, unschedulable });
  it.each([
    [said('0/2 nodes are available: 2 Insufficient nvidia.com/gpu.'), 'No node has a free GPU'],
    [
      said("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector."),
      'TRAINING_NODE_SELECTOR',
    ],
    [said('0/2 nodes are available: 2 node(s) had untolerated taint {a: b}.'), 'TRAINING_TOLERATIONS'],
    [said('persistentvolumeclaim "x" not found.'), 'TRAINING_DATA_CLAIM'],
    [said('too many pods'), 'No node takes pod'],
    [
      aPod({ ...notYet, waiting: { reason: 'ErrImagePull', message: 'no such tag' } }),
      'cannot be pulled (ErrImagePull: no such tag); correct TRAINING_POD_IMAGE',
    ],
    [
      aPod({ ...notYet, waiting: { reason: 'CreateContainerConfigError', message: 'secret missing' } }),
      'kubectl describe pod',
    ],
    [aPod({ ...notYet, node: undefined }), 'waits for a node'],
    [aPod(notYet), 'is being started on node gpu-0'],
    [aPod(), 'fetches what it needs'],
  ])('%#: %s', (pod, words) => {
    expect(whyNotRunning(pod, sampleSettings)).toContain(words);
  });

  it('or why nobody hears it', () => {
    expect(unheard(aPod(), sampleSettings)).toContain('look whether pods reach http://training:4001');
  });
});
