import { defineCommand } from '../command.js';
import { drawDiagnosis } from '../doctor/draw-diagnosis.js';
import { examine } from '../doctor/examine.js';
import { exitCodes } from '../exit-codes.js';

export const doctor = defineCommand({
  path: ['doctor'],
  summary: 'what the arithmetic runs on, what is wrong, and what mends it',
  details:
    'Shows device, TensorFlow, CUDA and driver versions, Node and disk, says what is wrong and which command mends it.\n' +
    'Ends with 0 where everything runs natively, with 1 otherwise.',
  options: {},
  run: (_values, { machine, context }) => examine(machine, context.backend),
  show: drawDiagnosis,
  exitCode: ({ healthy }) => (healthy ? exitCodes.done : exitCodes.failed),
});
