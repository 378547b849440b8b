import { defineCommand } from '../command.js';
import { choice, optionalChoice, requiredText } from '../options/kinds.js';
import { drawFacts, fact } from '../output/facts.js';

export const exportWeights = defineCommand({
  path: ['export'],
  summary: 'write a model for other programs',
  details: `Writes a model for other programs: its parameters alone, running statistics included, as a safetensors file;
a TensorFlow.js LayersModel, a folder that tf.loadLayersModel reads without custom layers; or an ONNX file.
The last two take normalised images [N, H, W, C] and give logits.`,
  examples: [
    'moda export models/vgg16 --layout pytorch --out vgg16.safetensors',
    'moda export models/vgg16 --format tfjs --out public/vgg16',
    'moda export models/vgg16 --format onnx --out vgg16.onnx',
  ],
  options: {
    model: requiredText({ describe: 'folder of the model', placeholder: 'model folder' }, 'positional'),
    format: choice(['safetensors', 'tfjs', 'onnx'], 'safetensors', { describe: 'what to write' }),
    layout: optionalChoice(['pytorch', 'native'], {
      describe: 'names and axes in a safetensors file; native when left out',
    }),
    out: requiredText({
      describe: 'file to write; for tfjs a folder, which has to be new or empty',
      placeholder: 'path',
    }),
  },
  run: async (options, { experiments, context }) => (await experiments()).exportModel(options, context),
  show: (result) =>
    drawFacts([
      fact(result.format === 'tfjs' ? 'folder' : 'file', result.path),
      fact('format', result.format),
      ...(result.layout === undefined ? [] : [fact('layout', result.layout)]),
      ...(result.files > 1 ? [fact('files', result.files, 'count')] : []),
      fact('bytes', result.sizeBytes, 'count'),
    ]),
});
