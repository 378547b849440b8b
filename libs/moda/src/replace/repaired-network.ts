import type { ChannelSet, HostTensor, Network, Operator } from '@moda/nn';

import { checkReplacement, sideBySide, withoutOutput } from './join-networks.js';

/** A dense layer K -> K: row i is feature i, column j output j. */
export interface Calibration {
  /** `[feature, output]` */
  readonly kernel: Float32Array;
  /** `[output]` */
  readonly bias: Float32Array;
}

/** How a module's single output is brought to the range 0..1: (output - lowest) / (highest - lowest). */
export interface OutputRange {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * What the calibration layer reads, as a network: the weak model's outputs without the target, in their order, then the strong
 * module's output.
 */
export function featureNetwork(weak: Network, strongModule: Network, targetPosition: number): Network {
  checkReplacement(weak, strongModule, targetPosition);
  const parts = sideBySide(withoutOutput(weak, targetPosition), strongModule);
  const concat: Operator = { op: 'concat', name: 'concat', inputs: [parts.weakOutput, parts.strongOutput] };
  return {
    architecture: { name: parts.name, input: parts.input, operators: [...parts.operators, concat] },
    parameters: parts.parameters,
  };
}

/**
 * The repaired model as one network: operators of the weak model under `weak.`, those of the strong module under `strong.`, the
 * weak model's outputs without the target and the module's output side by side (`concat`), and a dense layer `calibration` from
 * these to the outputs that the weak model had.
 *
 * @throws ModaError as `checkReplacement` does
 */
export function repairedNetwork(
  weak: Network,
  strongModule: Network,
  targetPosition: number,
  calibration: Calibration,
): Network {
  const outputs = checkReplacement(weak, strongModule, targetPosition);
  return withCalibration(featureNetwork(weak, strongModule, targetPosition), outputs, calibration);
}

/**
 * The repaired model that takes the strong module's score as it is: the weak model's softmax scores (`scores`), the module's
 * output brought to 0..1 (`normalise`), side by side, and a dense layer `calibration` of ones and zeros that puts the module's
 * score in the target's place.
 *
 * @throws ModaError as `checkReplacement` does
 */
export function scoreReplacedNetwork(
  weak: Network,
  strongModule: Network,
  targetPosition: number,
  range: OutputRange,
): Network {
  const outputs = checkReplacement(weak, strongModule, targetPosition);
  const { name, input, operators, parameters, weakOutput, strongOutput } = sideBySide(weak, strongModule);
  const added: Operator[] = [
    { op: 'softmax', name: 'scores', inputs: [weakOutput] },
    { op: 'dense', name: 'normalise', inputs: [strongOutput], channels: { of: 1, kept: [0] }, bias: true },
    { op: 'concat', name: 'concat', inputs: ['scores', 'normalise'] },
  ];
  // A module that says the same of every image says nothing: score 0.
  const scale = range.highest > range.lowest ? 1 / (range.highest - range.lowest) : 0;
  const joined: Network = {
    architecture: { name, input, operators: [...operators, ...added] },
    parameters: new Map<string, HostTensor>([
      ...parameters,
      ['normalise/kernel', { shape: [1, 1], data: Float32Array.of(scale) }],
      ['normalise/bias', { shape: [1], data: Float32Array.of(-range.lowest * scale) }],
    ]),
  };
  return withCalibration(joined, outputs, placing(outputs.kept.length, targetPosition));
}

/** Feature i becomes output i, but the target's place goes to the last feature, and its own feature nowhere. */
function placing(outputs: number, targetPosition: number): Calibration {
  const kernel = new Float32Array((outputs + 1) * outputs);
  for (let output = 0; output < outputs; output++) {
    const feature = output === targetPosition ? outputs : output;
    kernel[feature * outputs + output] = 1;
  }
  return { kernel, bias: new Float32Array(outputs) };
}

function withCalibration(
  { architecture, parameters }: Network,
  channels: ChannelSet,
  { kernel, bias }: Calibration,
): Network {
  const outputs = channels.kept.length;
  const last = architecture.operators.at(-1)?.name ?? '';
  return {
    architecture: {
      ...architecture,
      operators: [
        ...architecture.operators,
        { op: 'dense', name: 'calibration', inputs: [last], channels, bias: true },
      ],
    },
    parameters: new Map<string, HostTensor>([
      ...parameters,
      ['calibration/kernel', { shape: [kernel.length / outputs, outputs], data: kernel }],
      ['calibration/bias', { shape: [outputs], data: bias }],
    ]),
  };
}
