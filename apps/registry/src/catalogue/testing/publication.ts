import type { PackageManifest } from '@moda/module-format';
import { sha256 } from '@moda/module-format';
import type { DraftRequest, ModuleFacts, ReleaseFacts } from '../catalogue.js';

/** A digest that belongs to a name. */
export const digestOf = (name: string): string => sha256(Buffer.from(name));

/** A package whose files are told apart by a name. */
export function samplePackage(name: string): PackageManifest {
  return {
    formatVersion: 1,
    files: ['module.json', 'weights.safetensors'].map((path) => ({
      path,
      digest: digestOf(`${name} ${path}`),
      sizeBytes: 1000,
    })),
  };
}

export const defaultClasses = ['airplane', 'tabby cat', 'Hund'];

export interface SampleOptions {
  readonly classes?: readonly string[];
  readonly dataset?: string;
  readonly architecture?: string;
  readonly license?: string;
  readonly input?: ReleaseFacts['input'];
  readonly accuracy?: number;
  readonly weightsBytes?: number;
  readonly flops?: number;
  readonly parameters?: number;
  readonly derivedFrom?: ReleaseFacts['manifest']['derivedFrom'];
  /** Changes to the modules, by class. */
  readonly modules?: (classIndex: number) => Partial<ModuleFacts>;
  /** Without rates there are no modules. */
  readonly hasRates?: boolean;
}

/** What a check of a small model says. */
export function sampleFacts(options: SampleOptions = {}): ReleaseFacts {
  const {
    classes = defaultClasses,
    dataset = 'cifar10',
    architecture = 'vgg16',
    license = 'Apache-2.0',
    input = { height: 32, width: 32, channels: 3 },
    accuracy = 0.9,
    weightsBytes = 60_000_000,
    flops = 15_000_000_000,
    parameters = 15_000_000,
    derivedFrom,
    modules = () => ({}),
    hasRates = true,
  } = options;
  return {
    manifest: {
      formatVersion: 1,
      kind: 'model',
      architecture,
      license,
      classes: classes.map((name, index) => ({ index, name, sourceLabel: index })),
      createdBy: { version: '0.1.0' },
      ...(derivedFrom === undefined ? {} : { derivedFrom }),
    },
    architecture,
    input,
    dataset,
    license,
    parameters,
    flops,
    weightsBytes,
    weightsDigest: digestOf('weights'),
    ratesDigest: hasRates ? digestOf('rates') : undefined,
    tau: 0.9,
    accuracy,
    modules: hasRates
      ? classes.map((className, classIndex) => ({
          classIndex,
          className,
          sourceLabel: classIndex,
          parameters: 1_000_000 + classIndex,
          share: 0.1,
          flops: 2_000_000_000 + classIndex,
          flopsShare: 0.125,
          bytes: 4_000_000 + classIndex,
          accuracy: 0.95,
          ...modules(classIndex),
        }))
      : [],
  };
}

/** Far away, so that nothing expires by itself. */
const never = new Date('2100-01-01T00:00:00Z');

export function sampleDraft(
  name: { readonly owner: string; readonly model: string; readonly version: string },
  changes: Partial<DraftRequest> = {},
): DraftRequest {
  const { owner, model, version } = name;
  return {
    owner,
    model,
    version,
    package: samplePackage(`${owner}/${model}@${version}`),
    signature: undefined,
    description: undefined,
    runId: undefined,
    by: 'somebody',
    expiresAt: never,
    ...changes,
  };
}
