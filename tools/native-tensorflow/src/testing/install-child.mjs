// An installation in a process of its own: `node install-child.mjs <options as JSON> [<moment to die at>]`.
// It dies as by kill -9 at the moment `label:` when a step whose label begins so starts, `label+` when it first moves,
// `label.` when it ends.
import { installNativeTensorflow } from '../index.mjs';

const options = JSON.parse(process.argv[2] ?? '{}');
const moment = process.argv[3];

/** @param {string} name */
function pass(name) {
  if (moment !== undefined && name.startsWith(moment.slice(0, -1)) && moment.at(-1) === name.at(-1)) {
    process.kill(process.pid, 'SIGKILL');
  }
}

const outcome = await installNativeTensorflow({
  ...options,
  progress: {
    note: (line) => console.error(line),
    step(label) {
      pass(`${label}:`);
      return { set: () => pass(`${label}+`), end: () => pass(`${label}.`) };
    },
  },
});
process.stdout.write(JSON.stringify(outcome));
