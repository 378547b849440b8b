import type { ContainerTemplate, PodTemplate } from './manifests.js';

/** A version, and one that stays what it is. */
const imageWithVersion = /^[^:]+:(?!latest$)[\w.-]+$/;

/** What a pod does not say though it has to, for the API server does not ask for it. */
export function gapsOf(pod: PodTemplate): readonly string[] {
  return [
    ...(pod.enableServiceLinks === false ? [] : ['takes variables of all services']),
    ...(pod.automountServiceAccountToken === undefined
      ? ['does not say whether it needs the API server']
      : []),
    ...(pod.terminationGracePeriodSeconds === undefined ? ['does not say how long its end takes'] : []),
    ...pod.containers.flatMap((container) =>
      gapsOfContainer(container).map((gap) => `${container.name} ${gap}`),
    ),
  ];
}

function gapsOfContainer(container: ContainerTemplate): readonly string[] {
  const { image, readinessProbe, livenessProbe, resources, securityContext } = container;
  return [
    ...(imageWithVersion.test(image) ? [] : [`has an image without a version: ${image}`]),
    ...(readinessProbe === undefined || livenessProbe === undefined ? ['lacks a probe'] : []),
    ...(resources?.requests?.['cpu'] && resources.requests['memory'] ? [] : ['does not say what it takes']),
    ...(resources?.limits?.['memory'] ? [] : ['has no limit of memory']),
    ...(securityContext?.readOnlyRootFilesystem === true ? [] : ['may write to its image']),
  ];
}
