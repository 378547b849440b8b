import type { CoreV1Api } from '@kubernetes/client-node';
import { isNotFound } from './api-errors.js';

/** Secrets and config maps, as a kubelet reads them. */
export interface ClusterFiles {
  /** undefined where there is none. */
  readonly secret: ReadData;
  readonly configMap: ReadData;
}

type ReadData = (
  namespace: string,
  name: string,
) => Promise<Readonly<Record<string, Uint8Array>> | undefined>;

export function clusterFiles(api: CoreV1Api): ClusterFiles {
  return {
    secret: async (namespace, name) => {
      const found = await orUndefined(api.readNamespacedSecret({ namespace, name }));
      return found && bytes(found.data ?? {}, 'base64');
    },
    configMap: async (namespace, name) => {
      const found = await orUndefined(api.readNamespacedConfigMap({ namespace, name }));
      return found && { ...bytes(found.data ?? {}, 'utf8'), ...bytes(found.binaryData ?? {}, 'base64') };
    },
  };
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
}

function bytes(data: Readonly<Record<string, string>>, encoding: BufferEncoding): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text, encoding)]));
}
