import { main } from './main.js';

/**
 * The end of a pipe may close early (`moda analyze … | head`); that is nobody's error. What follows a run (`moda runs logs -f | head`)
 * would go on for nobody.
 */
function tolerateClosedPipe(stream: NodeJS.WriteStream, onClosed?: () => void): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    onClosed?.();
  });
}

tolerateClosedPipe(process.stdout, () => process.exit());
tolerateClosedPipe(process.stderr);

const code = await main(process.argv.slice(2));
// TensorFlow's own threads may keep the process alive, so it is ended once all that was written has left.
process.stderr.write('', () => process.stdout.write('', () => process.exit(code)));
