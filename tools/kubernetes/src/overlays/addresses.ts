import type { Manifest } from './manifests.js';

interface Ingress {
  readonly spec: {
    readonly tls: readonly { readonly hosts: readonly string[] }[];
    readonly rules: readonly {
      readonly host: string;
      readonly http: {
        readonly paths: readonly {
          readonly path: string;
          readonly backend: { readonly service: { readonly name: string } };
        }[];
      };
    }[];
  };
}

/** What people reach from outside: `<host><path>` and the Service that it leads to. */
export function wayIn(objects: readonly Manifest[]): ReadonlyMap<string, string> {
  return new Map(
    ingresses(objects).flatMap(({ spec }) =>
      spec.rules.flatMap(({ host, http }) =>
        http.paths.map(({ path, backend }) => [`${host}${path}`, backend.service.name] as const),
      ),
    ),
  );
}

/** Hosts that are reached without a certificate of their name. */
export function openHosts(objects: readonly Manifest[]): readonly string[] {
  return ingresses(objects).flatMap(({ spec: { rules, tls } }) =>
    rules.map(({ host }) => host).filter((host) => !tls.some(({ hosts }) => hosts.includes(host))),
  );
}

function ingresses(objects: readonly Manifest[]): readonly Ingress[] {
  return objects.filter(({ kind }) => kind === 'Ingress') as unknown as readonly Ingress[];
}

/** The value of a variable of the first container of a workload. */
export function variableOf(objects: readonly Manifest[], workload: string, name: string): string | undefined {
  const env = objects
    .find(({ spec, metadata }) => spec?.template !== undefined && metadata.name === workload)
    ?.spec?.template?.spec.containers[0]?.env?.find((variable) => variable.name === name);
  return env?.value;
}
