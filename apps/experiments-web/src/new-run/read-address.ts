import type { Draft } from './draft';
import { specFields } from './spec-fields';

type Address = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A draft out of the address of the form: `/new?arch=vgg16&gamma=0.3&classes=0,1`. What cannot be read is left out. */
export function readDraft(address: Address): Draft {
  return Object.fromEntries(
    specFields.flatMap(({ name, kind }) => {
      const text = address[name];
      if (typeof text !== 'string' || text === '') return [];
      const value = readValue(text, kind);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function readValue(text: string, kind: (typeof specFields)[number]['kind']): unknown {
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : undefined;
  if (kind === 'switch') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (kind === 'list') return readList(text);
  return text;
}

/** The entries of a list that is written with commas. */
export function readList(text: string): readonly string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
