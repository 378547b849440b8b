import { isModaError, parseTrainSpec, type TrainSpec } from '@moda/contracts';
import { networkDefaults } from './network-defaults';
import { specFields } from './spec-fields';

/** A spec while it is filled in: what is absent was not touched. */
export type Draft = Readonly<Record<string, unknown>>;

/** What a draft comes to: a spec, or a sentence for each field that is wrong. */
export interface CheckedDraft {
  readonly spec: TrainSpec | undefined;
  /** By the name of the field; `''` for the whole. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The values of all fields: those that were filled in, then those that go with the network, then the usual ones. */
export function draftValues(draft: Draft): Draft {
  const usual = Object.fromEntries(specFields.map(({ name, usual: value }) => [name, value]));
  const arch = typeof draft['arch'] === 'string' ? draft['arch'] : '';
  return { ...usual, ...networkDefaults(arch), ...given(draft) };
}

/** Checks a draft as the command line and the service do. */
export function checkDraft(draft: Draft): CheckedDraft {
  try {
    return { spec: parseTrainSpec(given(draftValues(draft))), errors: {} };
  } catch (error) {
    return { spec: undefined, errors: fieldErrors(error) };
  }
}

/** The sentences of an error about a spec, by field; the first one of each. Of another error none. */
export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  const details = isModaError(error) || hasDetails(error) ? error.details : undefined;
  const issues: readonly unknown[] = Array.isArray(details?.['issues']) ? details['issues'] : [];
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    if (!isIssue(issue)) continue;
    const field = issue.path.split('.')[0]!;
    errors[field] ??= issue.message;
  }
  return errors;
}

/** What is empty was not given. */
function given(draft: Draft): Draft {
  return Object.fromEntries(
    Object.entries(draft).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        value !== '' &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function hasDetails(value: unknown): value is { readonly details: Readonly<Record<string, unknown>> } {
  return value instanceof Error && 'details' in value && typeof value.details === 'object';
}

function isIssue(value: unknown): value is { readonly path: string; readonly message: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { path, message } = value as Readonly<Record<string, unknown>>;
  return typeof path === 'string' && typeof message === 'string';
}
