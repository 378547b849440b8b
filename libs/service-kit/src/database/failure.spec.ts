import { ModaError } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { attempts } from './attempts.js';
import { describeFailure } from './failure.js';

const database = 'the database at db:5432/moda';
/** As drivers throw: the cause within, its code beside. */
const failed = (code: string, message = 'something') =>
  new Error('Failed query: select', { cause: Object.assign(new Error(message), { code }) });

describe('a failure', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', '08006', '57P01', '53100', '53300', '58030'])(
    '%s is an outage',
    (code) => {
      const error = describeFailure(failed(code), database) as ModaError;
      expect(error).toMatchObject({
        code: 'DATABASE_UNREACHABLE',
        message:
          'The database at db:5432/moda does not answer (something); see that it runs and has room on its disk, then try again.',
        details: { database, code },
      });
      expect(error).toBeInstanceOf(ModaError);
    },
  );

  it.each(['28P01', '28000', '3D000', '42501'])('%s is a refusal', (code) => {
    expect(describeFailure(failed(code), database)).toMatchObject({ code: 'DATABASE_REFUSED' });
  });

  it.each([
    ['a connection that ended', new Error('Connection terminated unexpectedly')],
    ['no connection in time', new Error('timeout exceeded when trying to connect')],
    ['the end of the embedded database', Object.assign(new Error('unreachable'), { name: 'RuntimeError' })],
    [
      'two addresses that refuse',
      new AggregateError([Object.assign(new Error(''), { code: 'ECONNREFUSED' })]),
    ],
  ])('like %s is an outage', (_, error) => {
    expect(describeFailure(error, database)).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
  });

  it('that is a mistake of this program, or explains itself, stays what it is', () => {
    for (const error of [
      failed('42P01'),
      failed('23505'),
      new TypeError('x'),
      new ModaError('USAGE', 'x'),
      'text',
    ])
      expect(describeFailure(error, database)).toBe(error);
  });
});

describe('a transaction that collides', () => {
  it.each(['40001', '40P01'])('(%s) is begun again', async (code) => {
    let calls = 0;
    const work = async () => {
      calls += 1;
      if (calls < 4) throw failed(code);
      return calls;
    };
    expect(await attempts(work)).toBe(4);
  });

  it('is not begun again for ever, and another failure not at all', async () => {
    let calls = 0;
    const failing = (code: string) => async () => {
      calls += 1;
      throw failed(code);
    };
    await expect(attempts(failing('40001'))).rejects.toThrow('Failed query');
    expect(calls).toBe(10);
    await expect(attempts(failing('23505'))).rejects.toThrow('Failed query');
    expect(calls).toBe(11);
  });
});
