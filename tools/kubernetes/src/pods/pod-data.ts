import type { V1Pod } from '@kubernetes/client-node';

/** The data of a class of the client, which is all that there is in it. */
type Plain<T> = T extends Date
  ? Date
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Key in keyof T]: Plain<T[Key]> }
      : T;

export type PodData = Plain<V1Pod>;
type Defined<T> = Exclude<T, undefined>;
export type PodSpecData = Defined<PodData['spec']>;
export type PodStatusData = Defined<PodData['status']>;
export type VolumeData = Defined<PodSpecData['volumes']>[number];
export type VariableData = Defined<PodSpecData['containers'][number]['env']>[number];
export type PodConditionData = Defined<PodStatusData['conditions']>[number];
export type ContainerStateData = Defined<Defined<PodStatusData['containerStatuses']>[number]['state']>;
