/** Beside those in folders. */
const single: ReadonlySet<string> = new Set(['trained.json', 'evaluation.json', 'result.json']);
const folders: ReadonlySet<string> = new Set(['model', 'checkpoints']);
const plainName = /^\w[\w.-]{0,99}$/;

/** Whether a pod may store a file under a name: files of a model, checkpoints and figures. Journal and log have ways of their own. */
export function isPodFileName(name: string): boolean {
  if (single.has(name)) return true;
  const [folder = '', file = '', ...more] = name.split('/');
  return folders.has(folder) && plainName.test(file) && !file.endsWith('.partial') && more.length === 0;
}
