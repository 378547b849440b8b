import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly content: Uint8Array | string;
  readonly stored?: boolean;
  readonly mode?: number;
  /** Writes sizes and place as zip64 fields, as archives beyond 4 GiB do. */
  readonly zip64?: boolean;
  /** What the directory says instead of the truth. */
  readonly claim?: { readonly crc?: number; readonly sizeBytes?: number; readonly method?: number };
}

/** A zip archive as bytes, made for tests: it can also lie. */
export function zipOf(files: readonly ZipFile[], options: { zip64?: boolean } = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const content = Buffer.from(file.content);
    const packed = file.stored ? content : deflateRawSync(content);
    const name = Buffer.from(file.name);
    const method = file.claim?.method ?? (file.stored ? 0 : 8);
    const crc = file.claim?.crc ?? crc32(content);
    const sizeBytes = file.claim?.sizeBytes ?? content.length;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(name.length, 26);
    // The local header has an extra field of its own, which readers must skip.
    local.writeUInt16LE(3, 28);
    const body = Buffer.concat([local, name, Buffer.from('xyz'), packed]);
    const extra = file.zip64 ? Buffer.alloc(4 + 24) : Buffer.alloc(0);
    if (file.zip64) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      [sizeBytes, packed.length, at].forEach((value, index) =>
        extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index),
      );
    }
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(file.zip64 ? 0xffffffff : packed.length, 20);
    entry.writeUInt32LE(file.zip64 ? 0xffffffff : sizeBytes, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(((file.mode ?? 0o644) << 16) >>> 0, 38);
    entry.writeUInt32LE(file.zip64 ? 0xffffffff : at, 42);
    directory.push(entry, name, extra);
    bodies.push(body);
    at += body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(options.zip64 ? 0xffff : files.length, 10);
  end.writeUInt32LE(options.zip64 ? 0xffffffff : listed.length, 12);
  end.writeUInt32LE(options.zip64 ? 0xffffffff : at, 16);
  if (!options.zip64) return Buffer.concat([...bodies, listed, end]);
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(BigInt(files.length), 32);
  end64.writeBigUInt64LE(BigInt(listed.length), 40);
  end64.writeBigUInt64LE(BigInt(at), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(at + listed.length), 8);
  return Buffer.concat([...bodies, listed, end64, locator, end]);
}
