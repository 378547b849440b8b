import { downloadFile } from '../download/download-file.js';

// node download-until-killed.js <url> <sizeBytes> <digest> <path>: downloads, and says how much came when it is done.
const [url, sizeBytes, digest, path] = process.argv.slice(2);
if (url === undefined || digest === undefined || path === undefined)
  throw new Error('Give address, size, digest and path.');
const source = { url, sizeBytes: Number(sizeBytes), digest, identity: digest, supportsRanges: true };
const { transferredBytes } = await downloadFile(source, path);
process.stdout.write(`${transferredBytes}\n`);
