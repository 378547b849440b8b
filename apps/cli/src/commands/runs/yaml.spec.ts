import { describe, expect, it } from 'vitest';
import { moda } from '../../testing/fake-surroundings.js';

describe('moda runs yaml', () => {
  it.each([
    [['--epochs', '0'], '--epochs has to be a whole number from 1 to 100000, not 0'],
    [['--priority', '2000'], '--priority has to be a whole number from -1000 to 1000, not 2000'],
    [['--watch'], "'--watch' is not an option of moda runs yaml"],
  ])('refuses %j before anything is made', async (more, sentence) => {
    const { code, out, err } = await moda(['runs', 'yaml', '--arch', 'lenet5', ...more]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
  });
});
