import { type BackendName, backendTitles } from './backend-names.js';

/** What came of trying a back end. */
export type Trial =
  | { readonly backend: BackendName; readonly medianMs: number }
  | { readonly backend: BackendName; readonly failure: string };

export interface Choice {
  readonly backend: BackendName;
  /** One sentence. */
  readonly why: string;
}

/** A back end must be quicker by this factor to be taken instead of one before it: less is chance. */
const clearlyQuicker = 0.8;

/**
 * The back end for a model: the first of those that work, unless a later one is clearly quicker.
 *
 * @returns undefined where none works
 */
export function chooseBackend(trials: readonly Trial[]): Choice | undefined {
  const working = trials.filter((trial) => 'medianMs' in trial);
  const [first, ...others] = working;
  if (first === undefined) return undefined;
  const chosen = others.reduce(
    (best, trial) => (trial.medianMs < clearlyQuicker * best.medianMs ? trial : best),
    first,
  );
  return { backend: chosen.backend, why: reason(chosen, trials) };
}

function reason(chosen: Trial & { medianMs: number }, trials: readonly Trial[]): string {
  const title = backendTitles[chosen.backend];
  const rest = trials.filter(({ backend }) => backend !== chosen.backend);
  const told = rest.map((trial) =>
    'medianMs' in trial
      ? `${backendTitles[trial.backend]} takes ${milliseconds(trial.medianMs)}`
      : `${backendTitles[trial.backend]} does not work: ${trial.failure}`,
  );
  const own = `${title} takes ${milliseconds(chosen.medianMs)} an image`;
  return told.length === 0 ? `${own}.` : `${own}; ${told.join('; ')}.`;
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}
