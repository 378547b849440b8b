import { ModaError } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { asSentence } from './as-sentence.js';

const ofTheSystem = (code: string, path?: string) => Object.assign(new Error('raw words'), { code, path });

describe('what went wrong, for the person at the terminal', () => {
  it.each([
    ['ENOSPC', 'data/logs has no space left; make room there, or set MODA_HOME to a folder on another disk.'],
    ['EACCES', 'data/logs may not be written to; set MODA_HOME to a folder that you own.'],
    ['EROFS', 'data/logs cannot be written to; set MODA_HOME to a folder that can.'],
    ['ENOTDIR', 'data/logs lies below a file; set MODA_HOME to another folder.'],
  ])('is a sentence for %s', (code, sentence) => {
    expect(asSentence(ofTheSystem(code, 'data/logs'))).toBe(sentence);
  });

  it('names the disk where the system names no file', () => {
    expect(asSentence(ofTheSystem('ENOSPC'))).toMatch(/^The disk has no space left/);
  });

  it('is the sentence of an error that was foreseen, and all there is of another', () => {
    expect(asSentence(new ModaError('USAGE', 'Say it otherwise.'))).toBe('Say it otherwise.');
    expect(asSentence(new Error('a bug'))).toMatch(/a bug\n +at /);
  });
});
