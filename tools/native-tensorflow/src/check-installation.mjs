import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { NativeFailure } from './native-failure.mjs';
import { readLayout } from './libraries.mjs';
import { readRecord } from './native-record.mjs';

/** @typedef {import('./index.d.mts').NativeRecord} NativeRecord */

/**
 * Whether a recorded installation still stands as recorded. Reads a few small files and asks for sizes; loads nothing.
 * @param {{ packageFolder: string, addonPlace: string, key: string }} options `key`: of what should be installed
 * @returns {Promise<{ record: NativeRecord | null, failure: NativeFailure | null }>} no failure: nothing needs doing
 */
export async function checkInstallation({ packageFolder, addonPlace, key }) {
  const record = readRecord(packageFolder);
  const again = 'Run `npm run setup` in the repository.';
  if (record === null) {
    const reason = 'Native TensorFlow has not been installed here, or its installation was interrupted.';
    return { record, failure: new NativeFailure('NATIVE_NOT_INSTALLED', reason, again) };
  }
  if (record.state === 'fallback') {
    const {
      code = 'NATIVE_UNEXPECTED',
      reason = 'Native TensorFlow could not be installed.',
      remedy = again,
    } = record;
    return { record, failure: new NativeFailure(code, reason, remedy) };
  }
  if (record.key !== key || record.libraries === null) {
    const reason = `The installed native TensorFlow (${record.device}, ${record.tensorflow}) is not the one that belongs here now.`;
    return { record, failure: new NativeFailure('NATIVE_OUTDATED', reason, again) };
  }
  const linked = await realpath(path.join(packageFolder, 'deps', 'lib')).catch(() => null);
  const meant = await realpath(path.join(record.libraries, 'tensorflow')).catch(() => null);
  if (meant === null || linked !== meant || (await readLayout(record.libraries)) === null) {
    const reason = `The native libraries at ${record.libraries} are gone, damaged or no longer linked.`;
    return { record, failure: new NativeFailure('NATIVE_LIBRARIES_MISSING', reason, again) };
  }
  const addon = await readFile(addonPlace).catch(() => null);
  if (addon === null || createHash('sha256').update(addon).digest('hex') !== record.addonSha256) {
    const reason = `The compiled addon at ${addonPlace} is missing or not the one that was installed.`;
    return { record, failure: new NativeFailure('NATIVE_ADDON_MISSING', reason, again) };
  }
  return { record, failure: null };
}
