// Compares this gateway with others in front of the same services, in alternation: see README.md.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { ask, load } from './load.mjs';
import { start } from './processes.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  },
});

const folder = new URL('..', import.meta.url).pathname;
const ports = { registry: 4802, training: 4801 };
const subgraphs = Object.fromEntries(
  Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}`]),
);

const questions = {
  'two fetches': {
    query:
      'query ($id: ID!) { run(id: $id) { id name state tags versions { id reference accuracy parameters } } }',
    variables: () => ({ id: `run-${random(100_000)}` }),
  },
  'four fetches': {
    query: `query ($id: ID!, $n: Int!) { version(id: $id) { reference digest run { id name state experiment { id name
      runs(first: $n) { edges { node { id state versions { id reference accuracy run { id name tags } } } } } } } } }`,
    variables: () => ({ id: `version-${random(100_000)}`, n: 3 }),
  },
};

const commands = {
  moda: `exec ${process.execPath} ${folder}bin/moda-gateway.mjs --port $PORT`,
  ...Object.fromEntries(positionals.map((text) => text.split(/=(.*)/s).slice(0, 2))),
};

function random(bound) {
  return Math.floor(Math.random() * bound);
}

function supergraphAt(addresses) {
  let text = readFileSync(join(folder, 'supergraph.graphql'), 'utf8');
  for (const [name, url] of Object.entries(addresses))
    text = text.replace(new RegExp(`(name: "${name}", url: ")[^"]*`), `$1${url}/graphql`);
  const file = join(mkdtempSync(join(tmpdir(), 'gateways-')), 'supergraph.graphql');
  writeFileSync(file, text);
  return file;
}

const running = [];
try {
  for (const [name, port] of Object.entries(ports))
    running.push(
      await start(
        `exec ${process.execPath} ${folder}bench/subgraph.mjs ${name} ${port}`,
        { NODE_ENV: 'production' },
        `${subgraphs[name]}/graphql`,
      ),
    );
  const supergraph = supergraphAt(subgraphs);
  const gateways = [];
  for (const [index, [name, command]] of Object.entries(commands).entries()) {
    const port = 4810 + index;
    const url = `http://127.0.0.1:${port}/graphql`;
    const environment = {
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      PORT: String(port),
      SUPERGRAPH: supergraph,
      REGISTRY_URL: subgraphs.registry,
      TRAINING_URL: subgraphs.training,
    };
    const gateway = await start(command, environment, url);
    running.push(gateway);
    gateways.push({ name, url, gateway });
  }
  const report = {};
  for (const [title, { query, variables }] of Object.entries(questions)) {
    const sample = { query, variables: variables() };
    const [first, ...others] = await Promise.all(gateways.map(({ url }) => ask(url, sample)));
    for (const [index, other] of others.entries())
      if (!isDeepStrictEqual(first, other))
        throw new Error(`${gateways[index + 1].name} answers otherwise: ${JSON.stringify([first, other])}`);
    report[title] = await compare(gateways, () => ({ query, variables: variables() }));
  }
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : tableOf(report));
} finally {
  await Promise.all(running.map((one) => one.stop()));
}

/** Each in turn, and the turns again and again, so that whatever else the machine does meets all of them. */
async function compare(gateways, question) {
  const connections = Number(values.connections);
  const results = Object.fromEntries(gateways.map(({ name }) => [name, []]));
  for (const { url } of gateways) await load(url, question, { connections, seconds: 2 });
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const order = round % 2 === 0 ? gateways : [...gateways].reverse();
    for (const { name, url, gateway } of order) {
      const before = gateway.processorMs();
      const result = await load(url, question, { connections, seconds: Number(values.seconds) });
      results[name].push({ ...result, processorMs: (gateway.processorMs() - before) / result.requests });
    }
  }
  return Object.fromEntries(
    Object.entries(results).map(([name, rounds]) => [
      name,
      {
        perSecond: median(rounds.map(({ perSecond }) => perSecond)),
        p99: median(rounds.map(({ p99 }) => p99)),
        processorMs: median(rounds.map(({ processorMs }) => processorMs)),
        wrong: rounds.reduce((sum, { wrong }) => sum + wrong, 0),
        rounds,
      },
    ]),
  );
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function tableOf(report) {
  return Object.entries(report)
    .flatMap(([title, results]) => [
      `${title}: requests/s, p99 ms, processor ms/request, share of the throughput of moda`,
      ...Object.entries(results).map(
        ([name, { perSecond, p99, processorMs, wrong }]) =>
          `  ${name.padEnd(24)} ${perSecond.toFixed(0).padStart(6)} ${p99.toFixed(1).padStart(7)} ${processorMs.toFixed(3).padStart(7)} ` +
          `${(perSecond / results.moda.perSecond).toFixed(2).padStart(6)}${wrong > 0 ? `  ${wrong} wrong answers` : ''}`,
      ),
      '',
    ])
    .join('\n');
}
