import { readFile } from 'node:fs/promises';
import type { ApiRequest } from './control-plane.js';

interface AuditEvent {
  readonly stage?: string;
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly apiGroup?: string;
    readonly namespace?: string;
  };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Requests for resources in the audit log, in their order; a watch is told at its beginning and not again at its end. */
export async function readApiRequests(auditLog: string): Promise<ApiRequest[]> {
  const text = await readFile(auditLog, 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AuditEvent)
    .flatMap((event) => {
      const { resource, subresource, apiGroup, namespace = '' } = event.objectRef ?? {};
      if (resource === undefined || (event.verb === 'watch' && event.stage === 'ResponseComplete')) return [];
      return {
        user: event.user.username,
        verb: event.verb,
        resource: [apiGroup, resource, subresource].filter(Boolean).join('/'),
        namespace,
        allowed: event.annotations?.['authorization.k8s.io/decision'] === 'allow',
      };
    });
}
