import { randomUUID } from 'node:crypto';
import { defaultSubtasksPerSize, defaultSweepTaus } from '@moda/contracts';
import { defineCommand } from '../../command.js';
import { answerOf } from '../../gateway/document.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import {
  choice,
  integerOr,
  optionalNumbers,
  optionalText,
  requiredList,
  requiredText,
} from '../../options/kinds.js';
import { tau } from '../../options/shared.js';
import {
  composeDocument,
  decomposeDocument,
  replaceDocument,
  sweepTauDocument,
} from '../../runs/documents/task-runs.js';
import { findRun } from '../../runs/find-run.js';
import { key, name, runId, watch } from '../../runs/order-options.js';
import { afterSubmission, drawSubmitted, exitCodeOfSubmitted } from '../../runs/submitted.js';
import { detachNote } from '../../runs/watch-run.js';

/** What is the same for everything that makes a new run of runs that are there. */
const ofTasks = {
  show: drawSubmitted,
  exitCode: exitCodeOfSubmitted,
  interruptNote: detachNote,
} as const;

export const runsDecompose = defineCommand({
  path: ['runs', 'decompose'],
  summary: 'cut the model of a run into one module per class, as a new run',
  examples: ['moda runs decompose latest --tau 0.8 --watch'],
  options: { id: runId, tau, name, key, watch, gateway },
  run: async ({ id, tau, name, key = randomUUID(), watch, gateway }, session) => {
    const client = await useGateway(session, gateway);
    const request = { id: await findRun(client, id), tau, name, idempotencyKey: key };
    const answer = answerOf((await client.ask(decomposeDocument, request)).decomposeRun);
    return afterSubmission(session, client, answer, watch);
  },
  ...ofTasks,
});

export const runsCompose = defineCommand({
  path: ['runs', 'compose'],
  summary: 'build a smaller model for some classes of a run, as a new run',
  examples: ['moda runs compose 3f2a --classes 0,3,5 --watch'],
  options: {
    id: runId,
    classes: requiredList({
      describe: 'the classes, by number or name: 0,3,5',
      placeholder: 'list of classes',
      aliases: ['target-classes'],
    }),
    tau,
    name,
    key,
    watch,
    gateway,
  },
  run: async ({ id, classes, tau, name, key = randomUUID(), watch, gateway }, session) => {
    const client = await useGateway(session, gateway);
    const request = { id: await findRun(client, id), classes, tau, name, idempotencyKey: key };
    const answer = answerOf((await client.ask(composeDocument, request)).composeRun);
    return afterSubmission(session, client, answer, watch);
  },
  ...ofTasks,
});

export const runsSweepTau = defineCommand({
  path: ['runs', 'sweep-tau'],
  summary: 'size, FLOPs and accuracy of the modules of a run for several tau, as a new run',
  examples: ['moda runs sweep-tau 3f2a --tau 0.1,0.5,0.9 --watch'],
  options: {
    id: runId,
    tau: optionalNumbers(
      { min: 0, max: 1 },
      {
        describe: `the thresholds; ${defaultSweepTaus.join(',')} where left out`,
        placeholder: 'list of thresholds',
        aliases: ['activation-rate-threshold'],
      },
    ),
    subtasksPerSize: integerOr(
      defaultSubtasksPerSize,
      { min: 1, max: 50 },
      { describe: 'sub-tasks drawn for each number of classes' },
    ),
    name,
    key,
    watch,
    gateway,
  },
  run: async ({ id, tau: taus, subtasksPerSize, name, key = randomUUID(), watch, gateway }, session) => {
    const client = await useGateway(session, gateway);
    const request = { id: await findRun(client, id), taus, subtasksPerSize, name, idempotencyKey: key };
    const answer = answerOf((await client.ask(sweepTauDocument, request)).sweepTau);
    return afterSubmission(session, client, answer, watch);
  },
  ...ofTasks,
});

export const runsReplace = defineCommand({
  path: ['runs', 'replace'],
  summary: "repair a weak run's class with a module of a strong run, as a new run",
  examples: ['moda runs replace --weak 3f2a --strong 9b1c --class 3 --watch'],
  options: {
    weak: requiredText({ describe: 'the run whose model is to be repaired', placeholder: 'run' }),
    strong: requiredText({ describe: 'the run whose model has the module', placeholder: 'run' }),
    class: requiredText({
      describe: 'class to repair, by number or name in the weak model',
      placeholder: 'class',
      aliases: ['target-class'],
    }),
    strongClass: optionalText({
      describe: 'the same class in the strong model, where number or name differs',
      placeholder: 'class',
    }),
    strategy: choice(['moda', 'cnnsplitter'], 'moda', {
      describe: 'how the two models are joined',
      aliases: ['repair-strategy'],
    }),
    tau,
    name,
    key,
    watch,
    gateway,
  },
  run: async ({ weak, strong, key = randomUUID(), watch, gateway, ...options }, session) => {
    const client = await useGateway(session, gateway);
    const input = {
      ...options,
      weak: await findRun(client, weak),
      strong: await findRun(client, strong),
      idempotencyKey: key,
    };
    const answer = answerOf((await client.ask(replaceDocument, { input })).replaceClass);
    return afterSubmission(session, client, answer, watch);
  },
  ...ofTasks,
});
