import { ModaError } from '@moda/contracts';
import { defineCommand } from '../../command.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { drawTable } from '../../output/draw-table.js';
import { drawFacts, type Fact, fact } from '../../output/facts.js';
import { column, type Table } from '../../output/table.js';
import { type RunDetails, showDocument } from '../../runs/documents/show-run.js';
import { factsOfRun, shortTime } from '../../runs/draw-runs.js';
import { findRun } from '../../runs/find-run.js';
import { runId } from '../../runs/order-options.js';

export const runsShow = defineCommand({
  path: ['runs', 'show'],
  summary: 'show all that is known of a run',
  details:
    'Shows the state of a run and why it is in it, its spec as a command line, every change of its state, what came of it, and its ' +
    'versions in the registry.',
  examples: ['moda runs show latest', 'moda runs show 3f2a --csv transitions'],
  options: { id: runId, gateway },
  run: async ({ id, gateway }, session): Promise<RunDetails> => {
    const client = await useGateway(session, gateway);
    const { run } = await client.ask(showDocument, { id: await findRun(client, id) });
    if (run) return run;
    throw new ModaError('RUN_UNKNOWN', `There is no run ${JSON.stringify(id)} any more.`);
  },
  show: (run) =>
    [
      drawFacts([...factsOfRun(run), ...details(run)]),
      ...section('', transitions(run)),
      ...section('Checkpoints', checkpoints(run)),
      ...section('Files (moda runs pull)', artifacts(run)),
      ...section('In the registry', versions(run)),
    ].join('\n\n'),
  tables: { transitions, checkpoints, artifacts, versions },
});

function details(run: RunDetails): readonly Fact[] {
  const { queuePosition, parent, parentEpoch } = run;
  return [
    fact(run.task.kind === 'train' ? 'same as' : 'trained by', run.command),
    ...(run.task.kind === 'train' ? [] : [fact('task', describeTask(run.task))]),
    fact('user', run.user),
    ...(run.device === null ? [] : [fact('device', run.device)]),
    ...(queuePosition === null ? [] : [fact('runs before it', queuePosition, 'count')]),
    ...(parent === null ? [] : [fact('forked from', `${parent.id}, epoch ${parentEpoch ?? '?'}`)]),
    fact('attempt', run.attempt, 'count'),
    ...(run.tags.length === 0 ? [] : [fact('tags', run.tags.join(', '))]),
    ...(run.notes === null ? [] : [fact('notes', run.notes)]),
    fact('trace', run.traceId),
  ];
}

function section(title: string, table: Table): readonly string[] {
  if (table.rows.length === 0) return [];
  return [title === '' ? drawTable(table) : `${title}\n\n${drawTable(table)}`];
}

function transitions(run: RunDetails): Table {
  return {
    columns: [column('at', 'text'), column('state', 'text'), column('reason', 'text')],
    rows: (run.transitions ?? []).map(({ at, to, reason }) => [shortTime(at), to, reason]),
  };
}

function checkpoints(run: RunDetails): Table {
  return {
    columns: [column('epoch', 'count'), column('step', 'count')],
    rows: (run.checkpoints ?? []).map(({ epoch, step }) => [epoch, step]),
  };
}

function artifacts(run: RunDetails): Table {
  return {
    columns: [column('name', 'text'), column('sizeBytes', 'count', 'bytes'), column('digest', 'text')],
    rows: (run.artifacts ?? []).map(({ name, sizeBytes, digest }) => [name, sizeBytes, digest]),
  };
}

/** `compose run 3f2a…, classes 0,3, tau 0.9` */
function describeTask({ kind, ...fields }: RunDetails['task']): string {
  const said = Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`);
  return [kind, said.join(', ')].filter(Boolean).join(' ');
}

function versions(run: RunDetails): Table {
  return {
    columns: [column('version', 'text'), column('digest', 'text')],
    rows: (run.versions ?? []).map(({ reference, digest }) => [reference, digest]),
  };
}
