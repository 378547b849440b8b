import { describe, it } from 'vitest';

describe('later releases', () => {
  it.todo('plan the joins of subscription events as those of queries, without the stitching engine');
});
