import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Kubectl } from '../control-plane/kubectl.js';

/** An object of a manifest, as far as it is looked into here. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly template?: { readonly spec: PodTemplate } };
}

export interface PodTemplate {
  readonly automountServiceAccountToken?: boolean;
  readonly enableServiceLinks?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly containers: readonly ContainerTemplate[];
}

export interface ContainerTemplate {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly readinessProbe?: object;
  readonly livenessProbe?: object;
  readonly resources?: {
    readonly requests?: Record<string, string>;
    readonly limits?: Record<string, string>;
  };
  readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean };
}

/** All manifests, with the folders `overlays` and `examples`. */
export const manifestsFolder = join(import.meta.dirname, '..', '..', '..', '..', 'k8s');

export interface Rendered {
  readonly yaml: string;
  readonly warnings: string;
  readonly objects: readonly Manifest[];
}

/** An overlay as `kubectl apply -k` would send it. */
export function renderOverlay(kubectl: Kubectl, name: string): Promise<Rendered> {
  return renderFolder(kubectl, join(manifestsFolder, 'overlays', name));
}

/** A folder with a kustomization as `kubectl apply -k` would send it. */
export async function renderFolder(kubectl: Kubectl, folder: string): Promise<Rendered> {
  const { stdout, stderr } = await kubectl(['kustomize', folder]);
  const objects = parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
  return { yaml: stdout, warnings: stderr, objects };
}

/** The objects that make pods, with the pods they make. */
export function podTemplates(
  objects: readonly Manifest[],
): readonly { readonly kind: string; readonly name: string; readonly pod: PodTemplate }[] {
  return objects.flatMap(({ kind, metadata: { name }, spec }) =>
    spec?.template === undefined ? [] : [{ kind, name, pod: spec.template.spec }],
  );
}
