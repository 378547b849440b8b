import { ModaError } from '@moda/contracts';

/** Longer than any name of ours, and short enough for every file system. */
const maxLength = 300;
const part = /^\w[\w.-]*$/;

/**
 * Whether a text is a path in the folder of a run: names with slashes between them, each of letters, digits, `_`, `.` and `-`, none hidden.
 * So none leads out of it.
 */
export function isFileName(name: string): boolean {
  return name.length <= maxLength && name.split('/').every((each) => part.test(each));
}

/** @throws ModaError RUN_FILE_NAME_INVALID */
export function checkFileName(name: string): void {
  if (isFileName(name)) return;
  throw new ModaError(
    'RUN_FILE_NAME_INVALID',
    `${JSON.stringify(name.slice(0, 100))} is no file in the folder of a run; give a path such as model/module.json.`,
  );
}
