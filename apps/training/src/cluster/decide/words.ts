import type { JobSettings } from '../job-settings.js';
import type { PodSeen, WorkloadSeen } from '../seen/seen.js';

type Queue = Pick<JobSettings, 'namespace' | 'queue'>;

/** Why a run waits in Kueue's queue, and what helps: sentences. */
export function whyQueued(workload: WorkloadSeen | undefined, { namespace, queue }: Queue): string {
  if (workload === undefined)
    return 'It waits for Kueue to take its Job; where that lasts, look whether Kueue is installed and running.';
  if (!workload.active)
    return 'Somebody has switched its Workload off in Kueue; switch it on again (spec.active), or cancel the run.';
  const message = workload.pending?.message ?? '';
  const lacking = [
    ...message.matchAll(/insufficient unused quota for (\S+) in flavor (\S+?),? ([^\s,]+) more needed/g),
  ];
  // Of all that is short people count GPUs.
  const missing = lacking.find(([, resource]) => resource?.startsWith('nvidia.com/')) ?? lacking[0];
  if (missing)
    return `It waits: the quota of ${missing[1]} in the queue ${queue} is in use, and ${missing[3]} more is needed; it starts when runs before it have ended.`;
  if (/maximum capacity|insufficient quota/.test(message))
    return `It asks for more than the queue ${queue} ever has (${firstSentence(message)}); raise the quota, or cancel the run.`;
  if (/LocalQueue .*(doesn't exist|not found)/.test(message))
    return `There is no queue ${queue} in the namespace ${namespace}; apply k8s/components/kueue-queues, or name another one in TRAINING_QUEUE.`;
  if (
    /ClusterQueue .*(doesn't exist|inactive|is stopped)/.test(message) ||
    /LocalQueue .*(inactive|stopped)/.test(message)
  )
    return `The queue ${queue} is closed at the moment (${firstSentence(message)}); an administrator of the cluster can open it.`;
  return `It waits in the queue ${queue}${said(message)}.`;
}

/** Why a run has lost the place that it had in the cluster. */
export function whyEvicted({ evicted, preemptor }: WorkloadSeen, { queue }: Queue): string {
  switch (evicted?.reason) {
    case 'Preempted':
      return `Its place was given to ${preemptor === undefined ? 'a workload' : `run ${preemptor}`}, of higher priority.`;
    case 'PodsReadyTimeout':
      return 'Its pod was not ready in the time that Kueue gives, so that its place was given back.';
    case 'ClusterQueueStopped':
    case 'LocalQueueStopped':
      return `The queue ${queue} was stopped by an administrator of the cluster.`;
    case 'NodeFailures':
      return 'The node that it had was lost.';
    case 'Deactivated':
    case 'InactiveWorkload':
      return 'Somebody has switched its Workload off in Kueue.';
    default:
      return `Kueue has taken its place back${said(evicted?.message)}.`;
  }
}

const disruptions: Readonly<Record<string, string>> = {
  PreemptionByScheduler: 'its node was needed for a pod of higher priority',
  DeletionByTaintManager: 'its node was lost, or was told to take no such pods any more',
  EvictionByEvictionAPI: 'it was evicted, as when a node is drained',
  DeletionByPodGC: 'its node was lost',
  TerminationByKubelet: 'its node had no room left, or was shut down',
};

/** Exit codes above it are 128 and the number of a signal. */
const killed = 137;
const terminated = 143;
const stopped = 130;

/** How the pod of a run ended, or why it is being ended: a sentence. */
export function whyEnded(pod: PodSeen | undefined): string {
  if (pod === undefined) return 'Its pod is gone: somebody deleted it, or its node was lost.';
  const { because, disruption, exit, name } = pod;
  if (because?.reason === 'Evicted') return `Pod ${name} was evicted by its node${said(because.message)}.`;
  if (exit?.reason === 'OOMKilled')
    return `Pod ${name} ran out of memory; a smaller batch needs less, and TRAINING_POD_MEMORY gives more.`;
  if (disruption !== undefined)
    return `Pod ${name} was ended: ${disruptions[disruption.reason] ?? firstSentence(disruption.message)}.`;
  if (because?.reason === 'NodeLost') return `Pod ${name} was lost with its node.`;
  if (exit === undefined)
    return pod.deleting ? `Pod ${name} was deleted.` : `Pod ${name} ended before its container began.`;
  if (exit.code === stopped) return `Somebody stopped pod ${name}; its checkpoint is written.`;
  if (exit.code === killed)
    return `Pod ${name} was killed, most likely because memory ran out; a smaller batch needs less.`;
  if (exit.code === terminated) return `Pod ${name} was told to end before it could write a checkpoint.`;
  const words = lastLine(exit.message);
  return `Pod ${name} broke off with exit code ${exit.code}.${words === '' ? '' : ` Its last words: ${words}`}`;
}

/** What a pod that has not begun to train waits for. */
export function whyNotRunning(
  pod: PodSeen,
  settings: Pick<JobSettings, 'image' | 'gpus' | 'serviceUrl'>,
): string {
  const { name, node, unschedulable, waiting } = pod;
  if (unschedulable !== undefined) return whyUnscheduled(name, unschedulable, settings.gpus);
  if (waiting !== undefined && isImageTrouble(waiting.reason))
    return `The image ${settings.image} of pod ${name} cannot be pulled (${waiting.reason}${said(waiting.message)}); correct TRAINING_POD_IMAGE, or give the namespace the right to pull it.`;
  if (waiting !== undefined && /^CreateContainer|^RunContainer/.test(waiting.reason))
    return `Pod ${name} cannot be started (${waiting.reason}: ${firstSentence(waiting.message)}); \`kubectl describe pod ${name}\` says more.`;
  if (pod.running) return `Pod ${name} was started and fetches what it needs.`;
  if (node === undefined) return `Pod ${name} waits for a node.`;
  return `Pod ${name} is being started on node ${node}; its image is pulled where the node does not have it.`;
}

/** It was started a while ago and nobody has heard of it. */
export const unheard = (pod: PodSeen, { serviceUrl }: Pick<JobSettings, 'serviceUrl'>): string =>
  `Pod ${pod.name} runs but was not heard yet; look whether pods reach ${serviceUrl} (TRAINING_POD_URL), and at \`kubectl logs ${pod.name}\`.`;

function whyUnscheduled(name: string, message: string, gpus: number): string {
  if (gpus > 0 && message.includes('Insufficient nvidia.com/gpu'))
    return `No node has ${gpus === 1 ? 'a free GPU' : `${gpus} free GPUs`} for pod ${name}; it starts when one has, or when a node with GPUs is added.`;
  if (/didn't match .*(affinity|selector)/.test(message))
    return `No node fits pod ${name} (${firstSentence(message)}); compare TRAINING_NODE_SELECTOR with the labels of the nodes.`;
  if (message.includes('untolerated taint'))
    return `No node takes pod ${name} (${firstSentence(message)}); compare TRAINING_TOLERATIONS with the taints of the nodes.`;
  if (message.includes('persistentvolumeclaim'))
    return `The volume of pod ${name} is not there (${firstSentence(message)}); correct TRAINING_DATA_CLAIM, or make the claim.`;
  return `No node takes pod ${name}${said(message)}.`;
}

export const isImageTrouble = (reason: string): boolean =>
  ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull', 'ImageInspectError'].includes(
    reason,
  );

/** What somebody said, behind a colon; nothing where they said nothing. */
export const said = (message = ''): string => (message === '' ? '' : `: ${firstSentence(message)}`);

const maxWords = 300;

function firstSentence(text: string): string {
  const sentence =
    text
      .replaceAll(/\s+/g, ' ')
      .split(/\.(?= |$)/)[0]
      ?.trim() ?? '';
  return sentence.length > maxWords ? `${sentence.slice(0, maxWords)}…` : sentence;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(-maxWords) ?? '';
}
