import type { Architecture, ChannelSet, Operator } from '../graph/architecture.js';
import { positionsOf, sameSet } from '../graph/channel-set.js';
import { INPUT, inferShapes } from '../graph/infer-shapes.js';
import type { OutputShape } from '../graph/shapes.js';

/** How an input's channels are rearranged to an operator's own set, and its gradient back again. */
export interface Alignment {
  readonly forward: readonly number[];
  readonly backward: readonly number[];
}

/** One operator of a plan, with all that can be known before any number is. */
export interface PlannedOperator {
  readonly operator: Operator;
  readonly inputShapes: readonly OutputShape[];
  readonly outputShape: OutputShape;
  /** Per input; absent where the channels already agree. */
  readonly alignments: readonly (Alignment | undefined)[];
  /** Whether its backward pass reads its inputs' and its output's values again. */
  readonly backwardReads: { readonly inputs: boolean; readonly output: boolean };
  /** Whether the gradient with respect to each input leads to a parameter. */
  readonly inputNeedsGradient: readonly boolean[];
  /** Position among the tracked layers, or -1. */
  readonly trackedIndex: number;
}

export interface Plan {
  readonly operators: readonly PlannedOperator[];
  readonly outputName: string;
  readonly trackedCount: number;
  /** How often each value is read in a forward pass, and in a forward and backward pass together. */
  readonly forwardUses: ReadonlyMap<string, number>;
  readonly trainingUses: ReadonlyMap<string, number>;
}

/** Works an architecture out into steps. Throws the ModaError of `inferShapes` for one that does not fit together. */
export function planOf(architecture: Architecture): Plan {
  const shapes = inferShapes(architecture);
  const needsGradient = new Set<string>();
  const forwardUses = new Map<string, number>();
  const trainingUses = new Map<string, number>();
  let trackedCount = 0;
  const operators = architecture.operators.map((operator): PlannedOperator => {
    const inputShapes = operator.inputs.map((name) => shapeOf(shapes, name));
    const inputNeedsGradient = operator.inputs.map((name) => needsGradient.has(name));
    const hasParameters = ['conv', 'depthwise', 'batchNorm', 'dense'].includes(operator.op);
    if (hasParameters || inputNeedsGradient.some(Boolean)) needsGradient.add(operator.name);
    const backwardReads = readsOf(operator);
    for (const name of operator.inputs) {
      addUse(forwardUses, name);
      addUse(trainingUses, name, backwardReads.inputs ? 2 : 1);
    }
    if (backwardReads.output) addUse(trainingUses, operator.name);
    const trackedIndex = operator.op === 'relu' && operator.tracked ? trackedCount++ : -1;
    return {
      operator,
      inputShapes,
      outputShape: shapeOf(shapes, operator.name),
      alignments: inputShapes.map((shape) => alignmentOf(operator, shape.channels)),
      backwardReads,
      inputNeedsGradient,
      trackedIndex,
    };
  });
  const outputName = architecture.operators.at(-1)?.name ?? INPUT;
  addUse(forwardUses, outputName);
  addUse(trainingUses, outputName);
  return { operators, outputName, trackedCount, forwardUses, trainingUses };
}

function shapeOf(shapes: ReadonlyMap<string, OutputShape>, name: string): OutputShape {
  const shape = shapes.get(name);
  if (!shape) throw new Error(`No shape was inferred for "${name}".`);
  return shape;
}

function addUse(uses: Map<string, number>, name: string, count = 1): void {
  uses.set(name, (uses.get(name) ?? 0) + count);
}

function alignmentOf(operator: Operator, input: ChannelSet): Alignment | undefined {
  if (operator.op !== 'add' && operator.op !== 'depthwise') return undefined;
  if (sameSet(operator.channels, input)) return undefined;
  return {
    forward: positionsOf(operator.channels, input),
    backward: positionsOf(input, operator.channels),
  };
}

function readsOf(operator: Operator): { inputs: boolean; output: boolean } {
  switch (operator.op) {
    case 'conv':
    case 'depthwise':
    case 'dense':
    case 'batchNorm':
      return { inputs: true, output: false };
    case 'relu':
      return { inputs: false, output: true };
    case 'maxPool':
      return { inputs: true, output: true };
    case 'add':
    case 'globalPool':
    case 'flatten':
    case 'concat':
    case 'softmax':
      return { inputs: false, output: false };
  }
}
