import { defineCommand } from '../command.js';
import { choice, optionalText, requiredInteger, requiredText } from '../options/kinds.js';
import { dataDir, datasetNames, imageSize, out } from '../options/shared.js';
import { drawFacts, fact } from '../output/facts.js';

export const importWeights = defineCommand({
  path: ['import'],
  summary: 'make a model of weights that were trained elsewhere',
  details:
    'Makes a model folder of a safetensors file with the weights of a network that was trained elsewhere.',
  examples: ['moda import vgg16.safetensors --arch vgg16 --classes 10 --dataset cifar10 --out models/vgg16'],
  options: {
    file: requiredText(
      { describe: 'safetensors file with every parameter', placeholder: 'file' },
      'positional',
    ),
    arch: requiredText({
      describe: 'architecture: vgg16, resnet18, mobilenet, lenet5, compact, or a path to a .json file',
      placeholder: 'architecture',
    }),
    classes: requiredInteger({ min: 1 }, { describe: 'number of classes, the first of --dataset' }),
    layout: choice(['pytorch', 'native'], 'pytorch', { describe: 'names and axes in the file' }),
    out,
    input: imageSize(
      'size of the images, e.g. 64x64x3; when left out that of --dataset or of the .json file, or the first common size that the weights fit, 32x32x3 before others',
    ),
    dataset: optionalText({
      describe: `data set it was trained on, for names and normalisation: ${datasetNames}`,
      placeholder: 'data set',
    }),
    dataDir,
  },
  run: async (options, { experiments, context }) => (await experiments()).importModel(options, context),
  show: (result) =>
    drawFacts([
      fact('model', result.path),
      fact('architecture', result.arch),
      fact('classes', result.classes, 'count'),
      fact('parameters', result.parameters, 'count'),
    ]),
});
