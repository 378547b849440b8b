import { describe, expect, it } from 'vitest';
import { ModaError } from '@moda/contracts';
import { isProblem, orProblem, problem } from './problem.js';

describe('a problem', () => {
  it('is told from every other outcome', () => {
    expect(isProblem(problem('USAGE', 'Say it again.'))).toBe(true);
    expect(isProblem({ kind: 'released' })).toBe(false);
    expect(isProblem({})).toBe(false);
  });

  it('is what bad input becomes, with its code, its sentence and its details', async () => {
    const work = () => {
      throw new ModaError('LICENSE_MISSING', 'There is no licence; name one.', { path: 'module.json' });
    };
    expect(await orProblem(work)).toEqual({
      kind: 'problem',
      code: 'LICENSE_MISSING',
      message: 'There is no licence; name one.',
      details: { path: 'module.json' },
    });
  });

  it.each([
    new ModaError('BLOB_STORE_FULL', 'full'),
    new ModaError('BLOB_DAMAGED', 'damaged'),
    new ModaError('BLOB_NOT_FOUND', 'gone'),
    new ModaError('DATABASE_UNREACHABLE', 'silent'),
    new TypeError('a bug'),
  ])('is not what an outage or a bug becomes: %s', async (error) => {
    await expect(orProblem(async () => Promise.reject(error))).rejects.toBe(error);
  });
});
