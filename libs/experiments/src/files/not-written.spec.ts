import { describe, expect, it } from 'vitest';
import { notWritten } from './not-written.js';

const failure = (code: string) => Object.assign(new Error(`${code}: whatever the system says`), { code });

describe('a result that cannot be written', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL', 'the disk is full; free some space, or name another place'],
    ['EDQUOT', 'DISK_FULL', 'the share of the disk is used up; free some space, or name another place'],
    ['EACCES', 'OUTPUT_NOT_WRITABLE', 'permission was denied; change that, or name another place'],
    ['EROFS', 'OUTPUT_NOT_WRITABLE', 'the disk is read-only; change that, or name another place'],
    ['EIO', 'OUTPUT_NOT_WRITABLE', 'EIO: whatever the system says; change that, or name another place'],
    ['ENOTDIR', 'OUTPUT_EXISTS', 'a part of the path is a file, not a folder'],
    ['EEXIST', 'OUTPUT_EXISTS', 'a file of this name is there'],
  ])('for %s is %s, with what to do about it', (system, code, reason) => {
    expect(notWritten('write /a/b', '/a/b', failure(system))).toMatchObject({
      code,
      message: `Cannot write /a/b: ${reason}.`,
      details: { path: '/a/b' },
    });
  });
});
