import { describe, it } from 'vitest';

describe('later releases', () => {
  it.todo(
    'reach 0.8 of the throughput of a native router in alternation (bench/gateways.mjs), measured on a quiet machine',
  );
  it.todo('plan the joins of subscription events as those of queries, without the stitching engine');
});
