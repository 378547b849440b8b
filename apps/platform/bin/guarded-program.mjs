import { pathToFileURL } from 'node:url';

// Runs another program of this repository in this process and ends it when whoever started it is gone, even by kill -9: the channel between
// the two is closed then. `guarded-program <milliseconds for an orderly end> <program> <its arguments>`
const [graceMs, program, ...words] = process.argv.slice(2);

const abandoned = () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(graceMs)).unref();
  process.kill(process.pid, 'SIGTERM');
};
process.once('disconnect', abandoned);
// It is watched, but is no reason to stay.
process.channel?.unref();
if (!process.connected) abandoned();

process.argv.splice(1, process.argv.length, program, ...words);
await import(pathToFileURL(program).href);
