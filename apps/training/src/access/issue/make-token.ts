import { isModaError, ModaError } from '@moda/contracts';
import { createLogger } from '@moda/service-kit';
import { openAuditLog } from '@moda/service-kit/database';
import { z } from 'zod';
import type { TrainingEnvironment } from '../../environment.js';
import { isProblem } from '../../problem/problem.js';
import { openTrainingDatabase } from '../../runs/open-run-store.js';
import { audit } from '../schema/audit.js';
import { takeTokenOrders } from '../tokens/token-orders.js';
import { openTokenStore } from '../tokens/token-store.js';
import { issuePath } from './issue-route.js';
import { type IssueTask, issueToken } from './issue-token.js';
import { openSealedTasks } from './sealed-task.js';

export type IssuePlace = Pick<
  TrainingEnvironment,
  'host' | 'port' | 'databaseUrl' | 'databaseFolder' | 'accessSecretFile' | 'logLevel'
>;

const patienceMs = 30_000;
const clock = (): Date => new Date();

/**
 * Makes a token in the database of the service, or has the service do it where it has its embedded database open.
 * @returns the text of the token
 * @throws ModaError TOKEN_INVALID, and what `openRunStore` throws
 */
export async function makeToken(place: IssuePlace, task: IssueTask): Promise<string> {
  try {
    return await inDatabase(place, task);
  } catch (error) {
    if (!isModaError(error) || error.code !== 'DATABASE_LOCKED') throw error;
    return byService(place, task, error);
  }
}

async function inDatabase(
  { databaseUrl, databaseFolder, logLevel }: IssuePlace,
  task: IssueTask,
): Promise<string> {
  const database = await openTrainingDatabase(
    databaseUrl === undefined ? { dataFolder: databaseFolder } : { databaseUrl },
  );
  try {
    const logger = createLogger({ service: 'training', level: logLevel });
    const issued = await issueToken(
      {
        tokens: takeTokenOrders(openTokenStore(database, clock), clock),
        audit: openAuditLog({ database, table: audit, logger, clock }),
      },
      task,
    );
    if (isProblem(issued)) throw new ModaError(issued.code, issued.message, issued.details);
    return issued.text;
  } finally {
    await database.close();
  }
}

const answerForm = z.union([
  z.object({ token: z.string() }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
]);

async function byService(
  { host, port, accessSecretFile }: IssuePlace,
  task: IssueTask,
  locked: ModaError,
): Promise<string> {
  const sealed = await openSealedTasks(accessSecretFile, clock);
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  let answer: z.output<typeof answerForm>;
  try {
    const response = await fetch(`http://${name.includes(':') ? `[${name}]` : name}:${port}${issuePath}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ task: sealed.seal(task) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    answer = answerForm.parse(await response.json());
  } catch {
    throw new ModaError(
      'DATABASE_LOCKED',
      `${locked.message.replace(/\.$/, '')}; if that is the training service, say with --port where it listens: nothing of its kind answers at ${name}:${port}.`,
      locked.details,
    );
  }
  if ('token' in answer) return answer.token;
  const { code, message } = answer.error;
  throw new ModaError(code === 'TOKEN_INVALID' ? code : 'UNAUTHENTICATED', message);
}
