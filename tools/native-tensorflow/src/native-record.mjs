import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from './durable-files.mjs';
import { modulesFolder } from './places.mjs';

/** @typedef {import('./index.d.mts').NativeRecord} NativeRecord */

/**
 * Beside the packages, so that it goes when they go.
 * @param {string} packageFolder
 */
export function recordFile(packageFolder) {
  return path.join(modulesFolder(packageFolder), '.moda', 'native.json');
}

/**
 * @param {string} packageFolder
 * @returns {NativeRecord | null} `null` where nothing readable was recorded
 */
export function readRecord(packageFolder) {
  try {
    const record = /** @type {NativeRecord} */ (JSON.parse(readFileSync(recordFile(packageFolder), 'utf8')));
    return record.schema === 1 ? record : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} packageFolder
 * @param {Omit<NativeRecord, 'schema' | 'node' | 'recordedAt'>} record
 */
export async function writeRecord(packageFolder, record) {
  const whole = { schema: 1, ...record, node: process.version, recordedAt: new Date().toISOString() };
  await writeWhole(recordFile(packageFolder), `${JSON.stringify(whole, null, 2)}\n`);
}

/** @param {string} packageFolder */
export async function clearRecord(packageFolder) {
  await rm(recordFile(packageFolder), { force: true });
}
