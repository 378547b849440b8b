/** The official files of MNIST, as to their form: a few images of noise in the ten classes. */
export function smallMnist(): Readonly<Record<string, Buffer>> {
  const [train, test] = [200, 40];
  return {
    'train-images-idx3-ubyte': images(train),
    'train-labels-idx1-ubyte': labels(train),
    't10k-images-idx3-ubyte': images(test),
    't10k-labels-idx1-ubyte': labels(test),
  };
}

const side = 28;

const images = (count: number): Buffer =>
  idx([count, side, side], (i) => (i * 7919 + (i >> 5) * 104_729) % 251);
const labels = (count: number): Buffer => idx([count], (i) => i % 10);

/** https://yann.lecun.com/exdb/mnist: a magic number with the count of axes, their sizes, the bytes. */
function idx(shape: readonly number[], valueAt: (i: number) => number): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE(0x0800 | shape.length, 0);
  shape.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  const size = shape.reduce((product, axis) => product * axis, 1);
  return Buffer.concat([header, Uint8Array.from({ length: size }, (_, i) => valueAt(i))]);
}
