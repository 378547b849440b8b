import { defineCommand, type Session } from '../command.js';
import { choice, optionalText, requiredText } from '../options/kinds.js';
import { alpha, beta, gamma, model } from '../options/shared.js';
import { drawTable } from '../output/draw-table.js';
import { drawFacts, fact } from '../output/facts.js';
import { column, type Table } from '../output/table.js';

type Losses = Awaited<ReturnType<Awaited<ReturnType<Session['experiments']>>['lossesOfFile']>>;

export const losses = defineCommand({
  path: ['losses'],
  summary: 'the loss terms of one batch, and its gradients',
  details:
    'Computes the loss terms of one batch as training does, with its own batch statistics. Affinity, dispersion and\n' +
    'compactness are the means over the layers as they enter the loss, before their weights; the model is not changed.',
  examples: ['moda losses --model models/digits --input batch.safetensors --gradients gradients.safetensors'],
  options: {
    model,
    input: requiredText({
      describe: 'safetensors file with the tensors images (float32, already normalised) and labels (int32)',
      placeholder: 'file',
    }),
    layout: choice(['nhwc', 'nchw'], 'nhwc', {
      describe: 'axes of the images: [N, H, W, C] or [N, C, H, W]',
    }),
    gradients: optionalText({ describe: 'safetensors file to write every gradient to', placeholder: 'file' }),
    gradientLayout: choice(['pytorch', 'native'], 'native', { describe: 'names and axes of the gradients' }),
    alpha,
    beta,
    gamma,
  },
  run: async (options, { experiments, context }) => (await experiments()).lossesOfFile(options, context),
  show: (result) =>
    `${drawFacts([
      fact('cross entropy', result.crossEntropy, 'number'),
      fact('affinity', result.affinity, 'number'),
      fact('dispersion', result.dispersion, 'number'),
      fact('compactness', result.compactness, 'number'),
      fact('total', result.total, 'number'),
    ])}\n\n${drawTable(layers(result))}`,
  tables: { layers },
});

function layers(result: Losses): Table {
  return {
    columns: [
      column('layer', 'text'),
      column('affinity', 'number'),
      column('dispersion', 'number'),
      column('compactness', 'number'),
    ],
    rows: result.layers.map((layer) => [layer.name, layer.affinity, layer.dispersion, layer.compactness]),
  };
}
