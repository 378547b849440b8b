import type { Express } from 'express';
import express from 'express';
import { answering, knowingPod, type DeskParts } from './answering.js';
import { begin } from './begin.js';
import { getFile, getInput, linkFile, putFile, putLog, removeFile } from './files.js';
import { hearNews, takeJournal } from './news.js';
import { podLimits } from './pod-limits.js';
import { sameAsHeader } from './pod-messages.js';

/** First part of the paths below. */
export const podPaths = ['/pods'] as const;

/**
 * Where the pods of runs report, and fetch what they need: the only thing that a pod speaks with. Each has the token of its own run,
 * and the rights that this table shows.
 */
export function addPodRoutes(app: Express, parts: DeskParts): void {
  const run = '/pods/runs/:id';
  const question = express.json({ limit: podLimits.questionBytes });
  const bytes = (limit: number) => express.raw({ type: () => true, limit });

  app.use(run, knowingPod(parts.tokens));
  app.post(`${run}/begin`, question, answering(parts, begin));
  app.post(`${run}/news`, question, answering(parts, hearNews));
  app.post(`${run}/journal`, bytes(podLimits.journalBytes), answering(parts, takeJournal));
  app.put(`${run}/log`, bytes(podLimits.logBytes), answering(parts, putLog));
  app.put(`${run}/files/*name`, (request, response, next) =>
    answering(parts, request.get(sameAsHeader) === undefined ? putFile : linkFile)(request, response, next),
  );
  app.get(`${run}/files/*name`, answering(parts, getFile));
  app.delete(`${run}/files/*name`, answering(parts, removeFile));
  app.get(`${run}/inputs/:input/files/*name`, answering(parts, getInput));
}
