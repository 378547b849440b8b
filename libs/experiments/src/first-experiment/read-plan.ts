import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ModaError, parseTrainSpec } from '@moda/contracts';
import { canonicalJson } from '@moda/module-format';
import { firstExperimentPlan, type FirstExperimentPlan } from './plan.js';

/** Which experiment it is: equal plans have equal digests. */
export function digestOfPlan(plan: FirstExperimentPlan): string {
  return createHash('sha256').update(canonicalJson(plan)).digest('hex');
}

/**
 * The plan in a JSON file. What it leaves out is as in the plan of `npm start`; a training that it names is given in full, but for the
 * defaults of every training.
 *
 * @throws ModaError SPEC_INVALID
 */
export async function readPlan(file: string): Promise<FirstExperimentPlan> {
  let given: unknown;
  try {
    given = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw invalid(`The plan ${file} cannot be read as JSON; name another file.`, file);
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalid(`The plan ${file} has to be one JSON object.`, file);
  const fields = given as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(fields).find((name) => !(name in firstExperimentPlan));
  if (unknown !== undefined)
    throw invalid(
      `The plan ${file} has an unknown field ${JSON.stringify(unknown)}; there are ${Object.keys(firstExperimentPlan).join(', ')}.`,
      unknown,
    );
  const plan: Record<string, unknown> = { ...firstExperimentPlan };
  for (const [name, value] of Object.entries(fields)) plan[name] = fieldOf(name, value);
  return plan as unknown as FirstExperimentPlan;
}

const trainings = ['standard', 'modular', 'weak'];

function fieldOf(name: string, value: unknown): unknown {
  if (trainings.includes(name)) return { ...parseTrainSpec(value), resume: false };
  if (name === 'repairedClass') return checked(name, value, typeof value === 'string', 'the name of a class');
  if (name === 'tau') return checked(name, value, isShare(value), 'a number from 0 to 1');
  if (name === 'tauSweep')
    return checked(
      name,
      value,
      Array.isArray(value) && value.length > 0 && value.every(isShare),
      'a list of numbers from 0 to 1',
    );
  return checked(
    name,
    value,
    Number.isInteger(value) && (value as number) > 0,
    'a whole number greater than 0',
  );
}

function checked(name: string, value: unknown, isGood: boolean, wanted: string): unknown {
  if (isGood) return value;
  throw invalid(`${name} of the plan has to be ${wanted}, not ${JSON.stringify(value)}; give one.`, name);
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function invalid(message: string, path: string): ModaError {
  return new ModaError('SPEC_INVALID', message, { path });
}
