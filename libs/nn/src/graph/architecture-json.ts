import { ModaError, nearestName } from '@moda/contracts';
import { z } from 'zod';
import type { Architecture, ChannelSet, Operator } from './architecture.js';
import { architectureForm, operatorForms, operatorNames, type OperatorForm } from './architecture-form.js';
import { fullSet, isFull, sameSet } from './channel-set.js';
import { countParameters } from './count.js';
import { imageShape, INPUT, unknownInput } from './infer-shapes.js';
import { MAX_PARAMETER_VALUES, MAX_TOTAL_CHANNELS, MAX_VALUES_PER_IMAGE } from './limits.js';
import { operatorShape } from './operator-shape.js';
import type { OutputShape } from './shapes.js';
import { topologicalOrder } from './topological-order.js';

/**
 * An architecture from parsed JSON: `{ name, input: { height, width, channels }, operators: [{ op, name, inputs, … }] }` with the fields
 * of the data model. Operators come in any order.
 *
 * What may be left out: `inputs` (the operator before it in the list; the image for the first), stride (1; a pool's: its size),
 * padding (0), bias (true), epsilon (1e-5), tracked (true), and the channels of a depthwise convolution or an addition (those of
 * its inputs). Channels are a number, all of them present, or `{ of, kept }`.
 *
 * @throws ModaError ARCHITECTURE_INVALID, ARCHITECTURE_UNKNOWN_OPERATOR, ARCHITECTURE_CYCLE or ARCHITECTURE_CHANNEL_MISMATCH,
 *   each naming the field or the operator
 */
export function parseArchitecture(json: unknown): Architecture {
  const form = check(architectureForm, json, []);
  const listed = form.operators.map((operator, index) => parseOperator(operator, index));
  const named = listed.map((operator, index) => ({
    ...operator,
    inputs: operator.inputs ?? [listed[index - 1]?.name ?? INPUT],
  }));
  checkNames(named);
  const complete = completeOperators(topologicalOrder(named), form.input);
  const architecture: Architecture = { name: form.name, input: form.input, operators: complete };
  const values = countParameters(architecture);
  if (values > MAX_PARAMETER_VALUES) {
    throw invalid(
      `Architecture "${form.name}" has ${values} parameters; at most ${MAX_PARAMETER_VALUES} are taken.`,
    );
  }
  return architecture;
}

/** The JSON of an architecture, every field written out, full channel sets as numbers. `parseArchitecture` reads it back. */
export function architectureToJson({ name, input, operators }: Architecture): Record<string, unknown> {
  const { height, width, channels } = input;
  return {
    name,
    input: { height, width, channels },
    operators: operators.map((operator) => {
      const { op, name: operatorName, inputs, ...rest } = operator;
      const fields: Record<string, unknown> = { op, name: operatorName, inputs: [...inputs], ...rest };
      if ('channels' in operator) fields['channels'] = channelsToJson(operator.channels);
      return fields;
    }),
  };
}

function channelsToJson(set: ChannelSet): number | { of: number; kept: number[] } {
  return isFull(set) ? set.of : { of: set.of, kept: [...set.kept] };
}

type NamedForm = OperatorForm & { readonly inputs: readonly string[] };

function parseOperator(json: unknown, index: number): OperatorForm {
  const path = ['operators', index];
  const { op } = check(z.looseObject({ op: z.string() }), json, path);
  const form = (operatorForms as Readonly<Record<string, z.ZodType<OperatorForm> | undefined>>)[op];
  if (form && Object.hasOwn(operatorForms, op)) return check(form, json, path);
  const nearest = nearestName(op, operatorNames);
  throw new ModaError(
    'ARCHITECTURE_UNKNOWN_OPERATOR',
    `${pathText([...path, 'op'])} is "${op.slice(0, 64)}", which is no operator${nearest ? `; did you mean "${nearest}"?` : '.'} There are ${operatorNames.join(', ')}.`,
    { path: pathText([...path, 'op']), known: operatorNames },
  );
}

function checkNames(operators: readonly NamedForm[]): void {
  const seen = new Set<string>();
  operators.forEach(({ name }, index) => {
    if (name === INPUT || seen.has(name)) {
      throw invalid(
        `operators[${index}].name is "${name}", ${name === INPUT ? 'which is what the image is called' : 'as an operator before it is named'}; give it a name of its own.`,
      );
    }
    seen.add(name);
  });
  for (const { name, inputs } of operators) {
    const unknown = inputs.find((input) => input !== INPUT && !seen.has(input));
    if (unknown !== undefined) throw unknownInput(name, unknown);
  }
  const used = new Set(operators.flatMap(({ inputs }) => inputs));
  const unused = operators.filter(({ name }) => !used.has(name));
  if (unused.length > 1) {
    throw invalid(
      `The outputs of ${unused
        .map(({ name }) => `"${name}"`)
        .slice(0, 5)
        .join(
          ', ',
        )} are all used by nothing; only the logits may be, so connect the others or leave them out.`,
    );
  }
}

/** Fills in what follows from the inputs' shapes; operators come in forward order. */
function completeOperators(operators: readonly NamedForm[], input: Architecture['input']): Operator[] {
  const shapes = new Map<string, OutputShape>([[INPUT, imageShape(input)]]);
  let channels = 0;
  const complete = operators.map((form) => {
    const inputs = form.inputs.flatMap((name) => shapes.get(name) ?? []);
    channels += presentIn(form);
    if (channels > MAX_TOTAL_CHANNELS) throw tooLarge(form.name);
    const operator = completeOperator(form, inputs);
    const shape = operatorShape(operator, inputs);
    if (!('channels' in form)) channels += shape.channels.kept.length;
    if (channels > MAX_TOTAL_CHANNELS) throw tooLarge(form.name);
    if (shape.height * shape.width * shape.channels.kept.length > MAX_VALUES_PER_IMAGE)
      throw tooLarge(form.name);
    shapes.set(operator.name, shape);
    return operator;
  });
  const last = complete.at(-1);
  if (last && shapes.get(last.name)?.flat === false) {
    throw new ModaError(
      'ARCHITECTURE_CHANNEL_MISMATCH',
      `The last operator, "${last.name}", yields a map, but logits are flat; end with a globalPool or with flatten and dense.`,
      { operator: last.name },
    );
  }
  return complete;
}

function presentIn(form: OperatorForm): number {
  if (!('channels' in form) || form.channels === undefined) return 0;
  return typeof form.channels === 'number' ? form.channels : form.channels.kept.length;
}

function completeOperator(form: NamedForm, inputs: readonly OutputShape[]): Operator {
  switch (form.op) {
    case 'conv':
    case 'dense':
      return { ...form, channels: channelSet(form.channels) };
    case 'depthwise':
    case 'add':
      return {
        ...form,
        channels: form.channels === undefined ? inheritedChannels(form, inputs) : channelSet(form.channels),
      };
    case 'maxPool':
      return { ...form, stride: form.stride ?? form.size };
    default:
      return form;
  }
}

function inheritedChannels(form: NamedForm, inputs: readonly OutputShape[]): ChannelSet {
  const [first, ...others] = inputs.map(({ channels }) => channels);
  if (!first) return { of: 0, kept: [] }; // the wrong number of inputs, which operatorShape says better
  const different = others.find((set) => !sameSet(first, set));
  if (different) {
    throw new ModaError(
      'ARCHITECTURE_CHANNEL_MISMATCH',
      `Operator "${form.name}" (${form.op}) has inputs of ${first.kept.length} of ${first.of} and of ${different.kept.length} of ${different.of} channels that differ; make them equal or give it channels of its own.`,
      { operator: form.name },
    );
  }
  return first;
}

function channelSet(channels: number | { of: number; kept: readonly number[] }): ChannelSet {
  return typeof channels === 'number' ? fullSet(channels) : channels;
}

function check<T>(form: z.ZodType<T>, json: unknown, path: readonly PropertyKey[]): T {
  const result = form.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = pathText([...path, ...(issue?.path ?? [])]);
  const fact = (issue?.message ?? 'is wrong').replace(/^Invalid input: /, '');
  throw new ModaError('ARCHITECTURE_INVALID', `In the architecture, ${field} does not fit: ${fact}.`, {
    path: field,
  });
}

function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) text += typeof key === 'number' ? `[${key}]` : `${text && '.'}${String(key)}`;
  return text || 'the document';
}

function invalid(sentence: string): ModaError {
  return new ModaError('ARCHITECTURE_INVALID', sentence);
}

function tooLarge(name: string): ModaError {
  return new ModaError(
    'ARCHITECTURE_INVALID',
    `Up to operator "${name}" the network is larger than ${MAX_TOTAL_CHANNELS} channels or ${MAX_VALUES_PER_IMAGE} values per image; make it smaller.`,
    { operator: name },
  );
}
