import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClusterFiles } from './cluster-files.js';
import type { PodData, VolumeData } from './pod-data.js';
import { fieldOf } from './pod-fields.js';

/** A path in the container and the folder of this machine that stands for it. */
export interface Mount {
  readonly path: string;
  readonly folder: string;
}

/**
 * Lays out the volumes that the first container of a pod mounts.
 * @param folder Of this pod alone.
 * @param claims Folders of persistent volume claims, by their name; others get one that all pods of this cluster share.
 * @returns undefined where something that it refers to is not there yet
 */
export async function layVolumes(
  pod: PodData,
  folder: string,
  files: ClusterFiles,
  claims: (name: string) => string,
): Promise<readonly Mount[] | undefined> {
  const folders = new Map<string, string>();
  for (const volume of pod.spec?.volumes ?? []) {
    const own = volume.persistentVolumeClaim
      ? claims(volume.persistentVolumeClaim.claimName)
      : join(folder, 'volumes', volume.name);
    await mkdir(own, { recursive: true });
    const content = await contentOf(pod, volume, files);
    if (content === undefined) return undefined;
    for (const [name, bytes] of content) {
      await mkdir(dirname(join(own, name)), { recursive: true });
      await writeFile(join(own, name), bytes, { mode: 0o600 });
    }
    folders.set(volume.name, own);
  }
  return (pod.spec?.containers[0]?.volumeMounts ?? []).map(({ name, mountPath, subPath = '' }) => ({
    path: mountPath,
    folder: join(folders.get(name) ?? join(folder, 'volumes', name), subPath),
  }));
}

type Content = readonly (readonly [string, Uint8Array])[];

async function contentOf(
  pod: PodData,
  volume: VolumeData,
  files: ClusterFiles,
): Promise<Content | undefined> {
  const namespace = pod.metadata?.namespace ?? 'default';
  const parts: Content[] = [];
  const sources = [
    { secret: volume.secret, configMap: volume.configMap, downwardAPI: volume.downwardAPI },
    ...(volume.projected?.sources ?? []),
  ];
  for (const source of sources) {
    const secret = source.secret as
      { name?: string; secretName?: string; items?: Items; optional?: boolean } | undefined;
    const name = secret?.secretName ?? secret?.name;
    if (secret !== undefined && name !== undefined) {
      const data = await files.secret(namespace, name);
      if (data === undefined && secret.optional !== true) return undefined;
      parts.push(chosen(data ?? {}, secret.items));
    }
    if (source.configMap?.name !== undefined) {
      const data = await files.configMap(namespace, source.configMap.name);
      if (data === undefined && source.configMap.optional !== true) return undefined;
      parts.push(chosen(data ?? {}, source.configMap.items));
    }
    for (const { path, fieldRef } of source.downwardAPI?.items ?? [])
      if (fieldRef !== undefined) parts.push([[path, Buffer.from(fieldOf(pod, fieldRef.fieldPath))]]);
  }
  return parts.flat();
}

type Items = readonly { readonly key: string; readonly path: string }[];

function chosen(data: Readonly<Record<string, Uint8Array>>, items: Items | undefined): Content {
  if (items === undefined) return Object.entries(data);
  return items.flatMap(({ key, path }) => (data[key] === undefined ? [] : [[path, data[key]] as const]));
}
