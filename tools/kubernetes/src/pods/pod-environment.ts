import type { ClusterFiles } from './cluster-files.js';
import type { PodData, VariableData } from './pod-data.js';
import { fieldOf } from './pod-fields.js';

/**
 * The environment of the first container of a pod.
 * @returns undefined where a Secret or ConfigMap that it refers to is not there yet
 */
export async function podEnvironment(
  pod: PodData,
  files: ClusterFiles,
): Promise<Readonly<Record<string, string>> | undefined> {
  const namespace = pod.metadata?.namespace ?? 'default';
  const container = pod.spec?.containers[0];
  const environment: Record<string, string> = {};
  for (const { prefix = '', secretRef, configMapRef } of container?.envFrom ?? []) {
    const source = secretRef ?? configMapRef;
    if (source?.name === undefined) continue;
    const data = await (secretRef ? files.secret : files.configMap)(namespace, source.name);
    if (data === undefined && source.optional !== true) return undefined;
    for (const [key, bytes] of Object.entries(data ?? {})) environment[prefix + key] = text(bytes);
  }
  for (const variable of container?.env ?? []) {
    const value = await valueOf(variable, pod, namespace, files);
    if (value === 'absent') return undefined;
    if (value !== undefined) environment[variable.name] = expanded(value.text, environment);
  }
  return environment;
}

async function valueOf(
  { value, valueFrom }: VariableData,
  pod: PodData,
  namespace: string,
  files: ClusterFiles,
): Promise<{ readonly text: string } | undefined | 'absent'> {
  if (valueFrom?.fieldRef !== undefined) return { text: fieldOf(pod, valueFrom.fieldRef.fieldPath) };
  const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
  const reference = secretKeyRef ?? configMapKeyRef;
  if (reference?.name === undefined) return { text: value ?? '' };
  const data = await (secretKeyRef ? files.secret : files.configMap)(namespace, reference.name);
  const bytes = data?.[reference.key];
  if (bytes !== undefined) return { text: text(bytes) };
  return reference.optional === true ? undefined : 'absent';
}

/** `$(NAME)` stands for a variable told before; `$$` for a dollar sign; an unknown name stays as it is written. */
export function expanded(value: string, environment: Readonly<Record<string, string>>): string {
  return value.replace(/\$\$|\$\(([^()]+)\)/g, (all, name: string | undefined) =>
    name === undefined ? '$' : (environment[name] ?? all),
  );
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
