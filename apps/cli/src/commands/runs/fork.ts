import { trainSpecLimits as limits } from '@moda/contracts';
import { defineCommand } from '../../command.js';
import { answerOf } from '../../gateway/document.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { optionalChoice, optionalInteger, optionalNumber, requiredInteger } from '../../options/kinds.js';
import { forkDocument } from '../../runs/documents/submit-runs.js';
import { findRun } from '../../runs/find-run.js';
import { key, name, runId, watch } from '../../runs/order-options.js';
import { afterSubmission, drawSubmitted, exitCodeOfSubmitted } from '../../runs/submitted.js';
import { detachNote } from '../../runs/watch-run.js';

const weight = (describe: string, alias: string) =>
  optionalNumber({ min: 0 }, { describe, aliases: [alias] });

export const runsFork = defineCommand({
  path: ['runs', 'fork'],
  summary: 'begin a new run at a checkpoint of another',
  details:
    'Begins a new run with the weights of a checkpoint, and with other settings from there on. What is not given stays as it was; ' +
    'moda runs show names the checkpoints.',
  examples: ['moda runs fork 3f2a --epoch 20 --learning-rate 0.01 --name slower'],
  options: {
    id: runId,
    epoch: requiredInteger({ min: 1, max: limits.epochs }, { describe: 'epoch of the checkpoint' }),
    epochs: optionalInteger(
      { min: 1, max: limits.epochs },
      { describe: 'passes over the training images in all', aliases: ['n-epochs'] },
    ),
    learningRate: optionalNumber(
      { min: 0, aboveMin: true },
      { describe: 'learning rate that the schedule begins with', aliases: ['lr'] },
    ),
    alpha: weight('weight of the affinity loss', 'wf-affinity'),
    beta: weight('weight of the dispersion loss', 'wf-dispersion'),
    gamma: weight('weight of the compactness loss', 'wf-compactness'),
    method: optionalChoice(['moda', 'standard'], { describe: 'training method' }),
    batchSize: optionalInteger({ min: 1, max: limits.batchSize }, { describe: 'images per training step' }),
    seed: optionalInteger({ min: 0, max: limits.seed }, { describe: 'seed of order and augmentation' }),
    checkpointEvery: optionalInteger(
      { min: 1, max: limits.epochs },
      { describe: 'epochs between checkpoints', aliases: ['checkpoint-every-n-epochs'] },
    ),
    maxSteps: optionalInteger(
      { min: 1, max: limits.maxSteps },
      { describe: 'stop after so many steps in all' },
    ),
    trainLimit: optionalInteger(
      { min: 1, max: limits.trainLimit },
      { describe: 'only the first so many training images' },
    ),
    name,
    key,
    watch,
    gateway,
  },
  run: async ({ id, epoch, name, key, watch, gateway, ...settings }, session) => {
    const client = await useGateway(session, gateway);
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    const request = {
      id: await findRun(client, id),
      ...{ epoch, changes: Object.fromEntries(given), name, idempotencyKey: key },
    };
    const answer = answerOf((await client.ask(forkDocument, request)).forkRun);
    return afterSubmission(session, client, answer, watch);
  },
  show: drawSubmitted,
  exitCode: exitCodeOfSubmitted,
  interruptNote: detachNote,
});
