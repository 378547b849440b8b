import { main } from './main.js';

/** The end of a pipe may close early (`moda analyze … | head`); that is nobody's error. */
function tolerateClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

tolerateClosedPipe(process.stdout);
tolerateClosedPipe(process.stderr);

const code = await main(process.argv.slice(2));
// TensorFlow's own threads may keep the process alive, so it is ended once all that was written has left.
process.stderr.write('', () => process.stdout.write('', () => process.exit(code)));
