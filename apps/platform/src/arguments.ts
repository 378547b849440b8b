import { parseArgs } from 'node:util';
import { ModaError } from '@moda/contracts';

export const help = `npm start: brings up MODA on this machine, does the first experiment through it and stays until Ctrl-C.

Usage:
  npm start
  npm start -- --once            ends with exit code 0 when the experiment is done
  npm start -- --out experiments/first

Options:
  --once          end when the experiment is done
  --out FOLDER    folder for models and report; by default first-experiment under MODA_HOME

Environment:
  MODA_HOME             folder of all data (.moda)
  EXPERIMENTS_WEB_PORT  port of the experiments app (3000), with the marketplace below it; 0 takes a free one, here and below
  MARKETPLACE_WEB_PORT  port of the marketplace by itself (3001)
  GATEWAY_PORT          port of the gateway (4000)
  TRAINING_PORT         port of the training service (4001)
  REGISTRY_PORT         port of the registry (4002)
  MODA_FIRST_PLAN       JSON file with other settings for the experiment
  MODA_TOKEN            access token for the experiment, where the services ask for one
  Every other variable of the services goes to them as it is: \`npx moda-training --help\` and its neighbours list theirs.
`;

/** What the command line asks for. */
export type Task =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly once: boolean; readonly out: string | undefined };

/** @throws ModaError USAGE */
export function parseArguments(words: readonly string[]): Task {
  const { values, positionals } = parsed(words);
  if (values.help === true) return { kind: 'help' };
  if (positionals.length > 0) throw usage(`${JSON.stringify(positionals.join(' '))} is no option`);
  return { kind: 'run', once: values.once === true, out: values.out };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        once: { type: 'boolean' },
        out: { type: 'string' },
      },
    });
  } catch (error) {
    // The words of the parser end in hints at its own options; its first sentence is the fact.
    const [fact = ''] = (error as Error).message.split('. ', 1);
    throw usage(fact.replace(/\.$/, ''));
  }
}

function usage(fact: string): ModaError {
  return new ModaError('USAGE', `${fact}; see npm start -- --help.`);
}
