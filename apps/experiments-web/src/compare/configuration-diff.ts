import { settingName, settingText } from '../run/spec-items';

/** One setting of several runs. */
export interface SettingRow {
  readonly key: string;
  readonly name: string;
  /** One for each run, in their order; `–` where a run has no such setting. */
  readonly values: readonly string[];
  readonly differs: boolean;
}

interface Configured {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly task: Readonly<Record<string, unknown>>;
}

/** Every setting that any of the runs has, the task's first, and whether it differs between them. */
export function configurationDiff(runs: readonly Configured[]): readonly SettingRow[] {
  return [...settingsOf(runs, 'task'), ...settingsOf(runs, 'spec')];
}

function settingsOf(runs: readonly Configured[], part: keyof Configured): readonly SettingRow[] {
  const keys = new Set(runs.flatMap((run) => Object.keys(run[part])));
  return [...keys].map((key) => {
    const values = runs.map((run) => settingText(run[part][key]));
    return {
      key: `${part}.${key}`,
      name: settingName(key),
      values,
      differs: values.some((value) => value !== values[0]),
    };
  });
}
