import type { z } from 'zod';
import { ModaError } from '../moda-error.js';
import { nearestName } from '../nearest-name.js';

/** One complaint about a value that was to be a spec. */
export interface SpecIssue {
  /** Where it is: `epochs`, `classes.3`; empty for the value as a whole. */
  readonly path: string;
  /** One sentence. */
  readonly message: string;
}

/** A schema whose fields have a `description` that completes "… has to be …". */
type Form = z.ZodObject<Record<string, z.ZodType>>;

/** Checks a value and drops fields that are `undefined`. `whole` names it in sentences: `A run`. */
export function checkSpec<F extends Form>(value: unknown, form: F, whole: string): z.output<F> {
  const result = form.safeParse(value, { reportInput: false });
  if (!result.success) throw complaint(result.error, value, form, whole);
  const given = Object.entries(result.data).filter(([, own]) => own !== undefined);
  // The same fields, less those that a caller spelt out as absent.
  return Object.fromEntries(given) as z.output<F>;
}

/**
 * The error for all that is wrong with a spec: the first complaint as its sentence, and the others in its details.
 *
 * @param count complaints in all, where not every one is spelt out
 */
export function specInvalid(issues: readonly SpecIssue[], count = issues.length): ModaError {
  const [first = { path: '', message: 'The spec is not of its form.' }] = issues;
  const rest = count < 2 ? '' : ` (${count - 1} more ${count === 2 ? 'field is' : 'fields are'} wrong)`;
  return new ModaError(
    'SPEC_INVALID',
    first.message.replace(/\.$/, () => `${rest}.`),
    {
      path: first.path,
      issues,
    },
  );
}

/** A list of thousands of wrong values is not worth as many sentences. */
const maxIssues = 50;

function complaint(error: z.ZodError, value: unknown, form: Form, whole: string): ModaError {
  const unknown = error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
  const wrong = new Map(
    error.issues
      .filter(({ code }) => code !== 'unrecognized_keys')
      // Of several complaints about one place the first is enough.
      .reverse()
      .map((issue) => [issue.path.map(String).join('.'), issue]),
  );
  // A misspelt name comes first: what is missing for its sake needs no mention before it.
  const issues = [
    ...unknown.slice(0, maxIssues).map((key) => unknownField(key, form, whole)),
    ...[...wrong.values()]
      .reverse()
      .slice(0, maxIssues)
      .map((issue) => wrongField(issue, value, form, whole)),
  ];
  return specInvalid(issues.slice(0, maxIssues), unknown.length + wrong.size);
}

function unknownField(key: string, form: Form, whole: string): SpecIssue {
  const names = Object.keys(form.shape);
  const meant = nearestName(key, names);
  const way = meant === undefined ? `it has ${names.join(', ')}` : `perhaps ${meant} is meant`;
  return { path: shortened(key), message: `${whole} has no field ${quoted(key)}; ${way}.` };
}

function wrongField(issue: z.core.$ZodIssue, value: unknown, form: Form, whole: string): SpecIssue {
  const { path } = issue;
  const [field] = path;
  if (field === undefined) {
    return {
      path: '',
      message: `${whole} has to be an object with fields such as arch, not ${shown(value)}.`,
    };
  }
  const place = path.map(String).join('.');
  const schema = form.shape[String(field)];
  const found = at(value, path);
  const wanted = wantedAt(schema, path.length > 1);
  if (path.length === 1 && found === undefined) {
    return { path: place, message: `${place} is missing; give it ${wanted}.` };
  }
  const fact = factOf(issue, found);
  if (fact !== undefined) return { path: place, message: `${place} ${fact}; give it ${wanted}.` };
  const meant = typeof found === 'string' ? nearestName(found, choicesOf(schema)) : undefined;
  const hint = meant === undefined ? '' : `; perhaps ${meant} is meant`;
  return { path: place, message: `${place} has to be ${wanted}, not ${shown(found)}${hint}.` };
}

/** What is wrong with a text that is otherwise of the right kind. */
function factOf(issue: z.core.$ZodIssue, found: unknown): string | undefined {
  if (typeof found !== 'string') return undefined;
  if (issue.code === 'too_big') return `is longer than ${issue.maximum} characters`;
  if (issue.code !== 'invalid_format') return undefined;
  return found === '' ? 'is empty' : issue.message;
}

function wantedAt(schema: z.ZodType | undefined, inList: boolean): string {
  const own = inList ? layersOf(schema).at(-1)?.element : schema;
  return (
    layersOf(own).find(({ description }) => description !== undefined)?.description ?? 'what is documented'
  );
}

function choicesOf(schema: z.ZodType | undefined): readonly string[] {
  return layersOf(schema).at(-1)?.options ?? [];
}

/** What is read of a schema; a field's own is wrapped in what makes it optional, given or read-only. */
interface Layer {
  readonly description?: string;
  readonly def?: { readonly innerType?: z.ZodType };
  /** Of a list. */
  readonly element?: z.ZodType;
  /** Of a choice. */
  readonly options?: readonly string[];
}

function layersOf(schema: z.ZodType | undefined): readonly Layer[] {
  if (schema === undefined) return [];
  const layer = schema as Layer;
  return [layer, ...layersOf(layer.def?.innerType)];
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (own, key) => (own as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
    value,
  );
}

/** A value in a few words: what comes from outside may be of any size. */
function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' || typeof value === 'symbol' ? `a ${typeof value}` : String(value);
}

function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}

function shortened(text: string): string {
  const maxShown = 80;
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
