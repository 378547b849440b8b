import { openCatalogue } from '../open-catalogue.js';
import { published } from './contract/under-test.js';

// node publish-until-killed.js <folder> <owner>: publishes version after version, and says the id of each that is released, one a line.
const [dataFolder, owner] = process.argv.slice(2);
if (dataFolder === undefined || owner === undefined) throw new Error('Give a folder and an owner.');
const catalogue = await openCatalogue({ dataFolder });
for (let i = 0; ; i += 1) {
  const version = await published(catalogue, { owner, model: `m${i % 3}`, version: `1.${i}.0` });
  process.stdout.write(`${version.id}\n`);
}
