import { defineCommand } from '../command.js';
import { requiredList } from '../options/kinds.js';
import { model, out, tau } from '../options/shared.js';
import { drawFacts, fact } from '../output/facts.js';

export const compose = defineCommand({
  path: ['compose'],
  summary: 'build a smaller model for some of the classes',
  details:
    'Joins the modules of some classes into one real, smaller model, without any training; one class gives its module.\n' +
    'The model has to be decomposed first.',
  examples: ['moda compose --model models/digits --classes 0,3,5 --out models/zero-three-five'],
  options: {
    model,
    classes: requiredList({
      describe: 'the classes, by number or name: 0,3,5',
      placeholder: 'list of classes',
      aliases: ['target-classes'],
    }),
    tau,
    out,
  },
  run: async (options, { experiments, context }) => (await experiments()).composeModel(options, context),
  show: (result) =>
    drawFacts([
      fact('model', result.path),
      fact('classes', result.classes.map(({ name }) => name).join(', ')),
      fact('parameters', result.parameters, 'count'),
      fact('of the model', result.share, 'share'),
      fact('FLOPs per image', result.flops, 'count'),
      fact('of its FLOPs', result.flopsShare, 'share'),
    ]),
});
