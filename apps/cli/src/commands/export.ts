import { defineCommand } from '../command.js';
import { choice, requiredText } from '../options/kinds.js';
import { drawFacts, fact } from '../output/facts.js';

export const exportWeights = defineCommand({
  path: ['export'],
  summary: "write a model's weights for other programs",
  details: "Writes a model's parameters, running statistics included, as one file for other programs.",
  examples: ['moda export models/vgg16 --layout pytorch --out vgg16.safetensors'],
  options: {
    model: requiredText({ describe: 'folder of the model', placeholder: 'model folder' }, 'positional'),
    format: choice(['safetensors', 'tfjs', 'onnx'], 'safetensors', {
      describe: 'file format; only safetensors is there so far',
    }),
    layout: choice(['pytorch', 'native'], 'native', { describe: 'names and axes in the file' }),
    out: requiredText({ describe: 'file to write', placeholder: 'file' }),
  },
  run: async (options, { experiments, context }) => (await experiments()).exportModel(options, context),
  show: (result) =>
    drawFacts([
      fact('file', result.path),
      fact('format', result.format),
      fact('layout', result.layout),
      fact('bytes', result.sizeBytes, 'count'),
    ]),
});
