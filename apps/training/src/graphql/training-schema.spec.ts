import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { trainingSdl } from './training-schema.js';

const file = new URL('../../schema.graphql', import.meta.url);

describe('the schema of the training service', () => {
  it('is the one in schema.graphql (node dist/print-schema.js writes it)', async () => {
    expect(readFileSync(file, 'utf8')).toBe(await trainingSdl());
  });
});
