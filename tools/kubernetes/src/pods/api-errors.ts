import { ApiException } from '@kubernetes/client-node';

/** Whether the API server says that there is no such object, and not that it cannot say. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiException && error.code === 404;
}
