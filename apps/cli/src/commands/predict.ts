import { defineCommand } from '../command.js';
import { choice, requiredText } from '../options/kinds.js';
import { model } from '../options/shared.js';
import { drawFacts, fact } from '../output/facts.js';

export const predict = defineCommand({
  path: ['predict'],
  summary: 'logits of a model for the images of a file',
  details:
    'Reads the float32 tensor "images", already normalised, from a safetensors file and writes "logits" [N, K] to another.',
  examples: ['moda predict --model models/digits --input images.safetensors --output logits.safetensors'],
  options: {
    model,
    input: requiredText({ describe: 'safetensors file with the tensor images', placeholder: 'file' }),
    output: requiredText({ describe: 'safetensors file to write', placeholder: 'file' }),
    layout: choice(['nhwc', 'nchw'], 'nhwc', {
      describe: 'axes of the images: [N, H, W, C] or [N, C, H, W]',
    }),
  },
  run: async (options, { experiments, context }) => (await experiments()).predictFile(options, context),
  show: (result) =>
    drawFacts([
      fact('logits', result.output),
      fact('images', result.count, 'count'),
      fact('classes', result.classes, 'count'),
      fact('device', result.device.name),
    ]),
});
