import type { Pod, PodCondition } from '../api/kube-objects.js';
import type { Because, PodSeen } from './seen.js';

/** As it comes from the API: moments are texts. */
export function readPod({ metadata, spec, status }: Pod): PodSeen {
  const container = status?.containerStatuses?.[0]?.state;
  const condition = (type: string) => status?.conditions?.find((each) => each.type === type);
  const scheduled = condition('PodScheduled');
  const disruption = condition('DisruptionTarget');
  const { waiting, terminated } = container ?? {};
  const over = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  return {
    name: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
    createdAt: new Date(metadata?.creationTimestamp ?? 0),
    node: spec?.nodeName,
    deleting: metadata?.deletionTimestamp !== undefined,
    over,
    running: !over && container?.running !== undefined,
    unschedulable: scheduled?.status === 'False' ? (scheduled.message ?? scheduled.reason ?? '') : undefined,
    waiting: waiting && { reason: waiting.reason ?? '', message: waiting.message ?? '' },
    exit: terminated && {
      code: terminated.exitCode,
      reason: terminated.reason ?? '',
      message: terminated.message ?? '',
    },
    disruption: disruption?.status === 'True' ? becauseOf(disruption) : undefined,
    because:
      status?.reason === undefined ? undefined : { reason: status.reason, message: status.message ?? '' },
  };
}

const becauseOf = ({ reason = '', message = '' }: PodCondition): Because => ({ reason, message });
