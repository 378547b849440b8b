import { describe, it } from 'vitest';

describe('later releases', () => {
  it.todo('let researchers change their own runs only');
});
