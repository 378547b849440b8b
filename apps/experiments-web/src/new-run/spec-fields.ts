import { type TrainSpecInput, trainSpecSchema } from '@moda/contracts';

/** How a field of the form is filled in. */
export type FieldKind = 'text' | 'number' | 'choice' | 'switch' | 'list';

/** One field of a run's spec, read out of the schema that the command line and the service check it with. */
export interface SpecField {
  readonly name: keyof TrainSpecInput;
  readonly kind: FieldKind;
  /** What it has to be, in words: "a whole number from 1 to 100000". */
  readonly wanted: string;
  readonly choices: readonly string[];
  /** What it is where nothing is given; undefined where it has to be given or may be absent. */
  readonly usual: unknown;
}

/** What is read of a schema; a field's own is wrapped in what makes it optional, given or read-only. */
interface Layer {
  readonly description?: string;
  readonly options?: readonly string[];
  readonly def?: {
    readonly type?: string;
    readonly innerType?: Layer;
    readonly defaultValue?: unknown;
  };
}

const kinds: Readonly<Record<string, FieldKind>> = {
  string: 'text',
  number: 'number',
  enum: 'choice',
  boolean: 'switch',
  array: 'list',
};

/** All fields, in the order of the schema: a field that is added there appears here by itself. */
export const specFields: readonly SpecField[] = Object.entries(trainSpecSchema.shape).map(
  ([name, schema]) => {
    const layers = layersOf(schema as Layer);
    const inner = layers.at(-1);
    return {
      name: name as keyof TrainSpecInput,
      kind: kinds[inner?.def?.type ?? ''] ?? 'text',
      wanted: layers.find(({ description }) => description !== undefined)?.description ?? '',
      choices: inner?.options ?? [],
      usual: layers.find(({ def }) => def?.type === 'default')?.def?.defaultValue,
    };
  },
);

function layersOf(layer: Layer | undefined): readonly Layer[] {
  return layer === undefined ? [] : [layer, ...layersOf(layer.def?.innerType)];
}
