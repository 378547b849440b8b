import { mkdir, open } from 'node:fs/promises';
import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { NativeFailure } from './native-failure.mjs';

/**
 * @typedef {{ name: string, method: number, crc: number, packedBytes: number, sizeBytes: number, headerAt: number,
 *   mode: number }} ZipEntry
 */

const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const MAX_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * The directory of a zip file, zip64 included (APPNOTE.TXT 6.3, sections 4.3 and 4.5.3).
 * @param {string} file
 * @returns {Promise<ZipEntry[]>}
 * @throws {NativeFailure} NATIVE_WHEEL_CORRUPT
 */
export async function readZipDirectory(file) {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const read = async (/** @type {number} */ at, /** @type {number} */ length) => {
      if (at < 0 || length < 0 || at + length > size)
        throw corrupt(file, 'its directory lies outside the file');
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await handle.read(buffer, 0, length, at);
      if (bytesRead !== length) throw corrupt(file, 'it ends too early');
      return buffer;
    };
    const tailAt = Math.max(0, size - MAX_COMMENT - 22);
    const tail = await read(tailAt, size - tailAt);
    const endIn = lastSignature(tail, END_SIGNATURE);
    if (endIn < 0) throw corrupt(file, 'it is not a zip file or is cut off');
    let count = tail.readUInt16LE(endIn + 10);
    let length = tail.readUInt32LE(endIn + 12);
    let at = tail.readUInt32LE(endIn + 16);
    if (count === 0xffff || length === 0xffffffff || at === 0xffffffff) {
      const locator = await read(tailAt + endIn - 20, 20);
      if (locator.readUInt32LE(0) !== LOCATOR64_SIGNATURE)
        throw corrupt(file, 'its zip64 locator is missing');
      const end64 = await read(Number(locator.readBigUInt64LE(8)), 56);
      if (end64.readUInt32LE(0) !== END64_SIGNATURE) throw corrupt(file, 'its zip64 directory is missing');
      count = Number(end64.readBigUInt64LE(32));
      length = Number(end64.readBigUInt64LE(40));
      at = Number(end64.readBigUInt64LE(48));
    }
    return parseDirectory(await read(at, length), count, file);
  } finally {
    await handle.close();
  }
}

/**
 * Unpacks one entry to a file that must not exist, checks size and checksum, and waits until it is on the disk.
 * @param {string} file the zip file
 * @param {ZipEntry} entry
 * @param {string} target
 * @param {{ onBytes?: (count: number) => void, signal?: AbortSignal }} [options]
 * @throws {NativeFailure} NATIVE_WHEEL_CORRUPT
 */
export async function unpackZipEntry(file, entry, target, { onBytes, signal } = {}) {
  await mkdir(path.dirname(target), { recursive: true });
  const dataAt = await dataStart(file, entry);
  let crc = 0;
  let sizeBytes = 0;
  const meter = new Transform({
    transform(/** @type {Buffer} */ chunk, _encoding, done) {
      crc = crc32(chunk, crc);
      sizeBytes += chunk.length;
      onBytes?.(chunk.length);
      // More than announced would be a bomb: stop before the disk is full.
      done(
        sizeBytes > entry.sizeBytes ? corrupt(file, `${entry.name} is larger than announced`) : null,
        chunk,
      );
    },
  });
  const source =
    entry.packedBytes === 0
      ? createReadStream('/dev/null')
      : createReadStream(file, {
          start: dataAt,
          end: dataAt + entry.packedBytes - 1,
          highWaterMark: 1 << 20,
        });
  const sink = createWriteStream(target, {
    flags: 'wx',
    mode: entry.mode,
    highWaterMark: 1 << 20,
    flush: true,
  });
  const options = signal ? { signal } : {};
  try {
    if (entry.method === DEFLATED) {
      await pipeline(source, createInflateRaw({ chunkSize: 1 << 18 }), meter, sink, options);
    } else {
      await pipeline(source, meter, sink, options);
    }
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw code?.startsWith('Z_') ? corrupt(file, `${entry.name} does not unpack`) : error;
  }
  if (sizeBytes !== entry.sizeBytes || crc !== entry.crc)
    throw corrupt(file, `${entry.name} has a wrong checksum`);
}

/**
 * @param {string} file
 * @param {ZipEntry} entry
 */
async function dataStart(file, entry) {
  const handle = await open(file, 'r');
  try {
    const header = Buffer.alloc(30);
    const { bytesRead } = await handle.read(header, 0, 30, entry.headerAt);
    if (bytesRead !== 30 || header.readUInt32LE(0) !== LOCAL_SIGNATURE) {
      throw corrupt(file, `${entry.name} is not where the directory says`);
    }
    return entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await handle.close();
  }
}

/**
 * @param {Buffer} directory
 * @param {number} count
 * @param {string} file
 */
function parseDirectory(directory, count, file) {
  /** @type {ZipEntry[]} */
  const entries = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw corrupt(file, 'its directory is damaged');
    }
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const commentLength = directory.readUInt16LE(at + 32);
    const extraAt = at + 46 + nameLength;
    if (extraAt + extraLength > directory.length) throw corrupt(file, 'its directory is damaged');
    const name = directory.toString('utf8', at + 46, extraAt);
    const large = zip64Numbers(directory.subarray(extraAt, extraAt + extraLength));
    const number = (/** @type {number} */ value) => (value === 0xffffffff ? (large.shift() ?? value) : value);
    // The zip64 numbers come in this order, and only those that did not fit.
    const sizeBytes = number(directory.readUInt32LE(at + 24));
    const packedBytes = number(directory.readUInt32LE(at + 20));
    const headerAt = number(directory.readUInt32LE(at + 42));
    const method = directory.readUInt16LE(at + 10);
    if (method !== STORED && method !== DEFLATED) throw corrupt(file, `${name} is packed in an unknown way`);
    if (name.startsWith('/') || name.split('/').includes('..') || name.includes('\0')) {
      throw corrupt(file, `${JSON.stringify(name)} would leave the target folder`);
    }
    // Only whether it is a program is taken over: a cache may be shared by several users.
    const isProgram = ((directory.readUInt32LE(at + 38) >>> 16) & 0o111) !== 0;
    entries.push({
      name,
      method,
      crc: directory.readUInt32LE(at + 16),
      packedBytes,
      sizeBytes,
      headerAt,
      mode: isProgram ? 0o755 : 0o644,
    });
    at = extraAt + extraLength + commentLength;
  }
  return entries;
}

/** @param {Buffer} extra */
function zip64Numbers(extra) {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      const end = Math.min(at + 4 + length, extra.length);
      const numbers = [];
      for (let field = at + 4; field + 8 <= end; field += 8)
        numbers.push(Number(extra.readBigUInt64LE(field)));
      return numbers;
    }
    at += 4 + length;
  }
  return [];
}

/**
 * @param {Buffer} buffer
 * @param {number} signature
 */
function lastSignature(buffer, signature) {
  for (let at = buffer.length - 22; at >= 0; at -= 1) if (buffer.readUInt32LE(at) === signature) return at;
  return -1;
}

/**
 * @param {string} file
 * @param {string} fact
 */
function corrupt(file, fact) {
  return new NativeFailure(
    'NATIVE_WHEEL_CORRUPT',
    `The wheel ${path.basename(file)} cannot be unpacked: ${fact}.`,
    'Run the installation again; if it comes back, ask who runs your package index.',
  );
}
