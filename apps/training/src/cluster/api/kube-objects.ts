import type {
  V1Container,
  V1EnvVar,
  V1Job,
  V1ObjectMeta,
  V1Pod,
  V1PodCondition,
  V1PodFailurePolicyRule,
  V1Secret,
  V1Volume,
} from '@kubernetes/client-node';

/** What the API reads and writes: the fields of the client's classes as plain data, with moments as texts. */
type Plain<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Plain<Item>[]
    : Value extends object
      ? { [Field in keyof Value]: Plain<Value[Field]> }
      : Value;

export type Container = Plain<V1Container>;
export type EnvVar = Plain<V1EnvVar>;
export type FailureRule = Plain<V1PodFailurePolicyRule>;
export type Job = Plain<V1Job>;
export type ObjectMeta = Plain<V1ObjectMeta>;
export type Pod = Plain<V1Pod>;
export type PodCondition = Plain<V1PodCondition>;
export type Secret = Plain<V1Secret>;
export type Volume = Plain<V1Volume>;
