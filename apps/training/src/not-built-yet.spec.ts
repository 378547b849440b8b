import { describe, it } from 'vitest';

describe('later releases', () => {
  it.todo(
    'keep logs and artifacts of runs in the blob store while they live, where workers share no folder with the service',
  );
  it.todo('let researchers change their own runs only');
});
