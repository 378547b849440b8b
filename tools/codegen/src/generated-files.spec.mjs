import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { generateClient, trustedDocuments } from './generate-client.mjs';
import { generatedFiles } from './generated-files.mjs';

const root = join(import.meta.dirname, '..', '..', '..');

describe('what is generated', () => {
  it('is what the supergraph and the operations say; after a change run node tools/codegen/generate.mjs', async () => {
    for (const { path, text } of await generatedFiles(root))
      expect(readFileSync(join(root, path), 'utf8'), path).toBe(text);
  });

  it('lists every operation under the digest that the gateway computes', async () => {
    const files = await generatedFiles(root);
    const { text } = files.find(({ path }) => path.endsWith('trusted-documents.json'));
    const list = JSON.parse(text);
    expect(Object.values(list).some((operation) => /^query RunPage\b/.test(operation))).toBe(true);
    expect(trustedDocuments(Object.values(list))).toEqual(list);
  });
});

describe('an operation that the schema does not allow', () => {
  it('is refused by its name', async () => {
    const operation = { location: 'a.graphql', text: 'query Wrong { nothing }' };
    const schema = parse('type Query { something: Int }');
    await expect(generateClient({ schema, operations: [operation] })).rejects.toThrow(/nothing/);
  });
});
