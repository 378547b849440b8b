import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as tokens from '../login/token-documents.js';
import { meDocument } from '../login/who-am-i.js';
import * as changing from '../runs/documents/change-runs.js';
import * as listing from '../runs/documents/list-runs.js';
import * as events from '../runs/documents/run-events.js';
import * as showing from '../runs/documents/show-run.js';
import * as submitting from '../runs/documents/submit-runs.js';
import * as tasks from '../runs/documents/task-runs.js';

const supergraph = new URL('../../../gateway/supergraph.graphql', import.meta.url);
const schema = buildSchema(readFileSync(supergraph, 'utf8'), { assumeValidSDL: true });

const documents = Object.entries({
  ...{ ...tokens, meDocument, ...changing, ...listing, ...events, ...showing, ...submitting, ...tasks },
}).flatMap(([name, value]): [string, string][] =>
  typeof value === 'object' && 'text' in value ? [[name, value.text]] : [],
);

describe('every question of the command line', () => {
  it('is looked at here', () => expect(documents.length).toBeGreaterThan(15));

  it.each(documents)('%s fits what the gateway answers', (_name, text) => {
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  });
});
