import { describe, expect, it } from 'vitest';
import { type ApiDocument, jsonSchemasOf } from './json-schemas.js';

const text = { type: 'string' };
const document: ApiDocument = {
  components: {
    schemas: {
      'io.Job': {
        type: 'object',
        properties: {
          spec: { allOf: [{ $ref: '#/components/schemas/io.Spec' }], default: {} },
          labels: { type: 'object', additionalProperties: text },
        },
        'x-kubernetes-group-version-kind': [{ group: 'batch', version: 'v1', kind: 'Job' }],
      },
      'io.Spec': {
        type: 'object',
        properties: {
          // A field that is called as a keyword.
          properties: text,
          raw: { type: 'object', properties: { a: text }, 'x-kubernetes-preserve-unknown-fields': true },
          items: { type: 'array', items: { type: 'object', properties: { name: text } } },
        },
      },
      'io.Status': {
        'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Status' }],
      },
    },
  },
};

describe('the JSON schemas of an API', () => {
  const files = jsonSchemasOf('batch', 'v1', document);
  const { definitions, $ref } = files.get('batch_v1_job.json') as {
    readonly $ref: string;
    readonly definitions: Readonly<Record<string, { readonly properties: Record<string, object> }>>;
  };

  it('are one for each kind of the group and version, with all that it needs', () => {
    expect([...files.keys()]).toEqual(['batch_v1_job.json']);
    expect($ref).toBe('#/definitions/io.Job');
    expect(Object.keys(definitions)).toEqual(['io.Job', 'io.Spec']);
    expect(definitions['io.Job']?.properties['spec']).toEqual({
      allOf: [{ $ref: '#/definitions/io.Spec' }],
      default: {},
    });
  });

  it('of the group without a name are where kubeconform looks for them', () => {
    expect([...jsonSchemasOf('', 'v1', document).keys()]).toEqual(['v1_v1_status.json']);
  });

  it('allow the fields that are named, and no others', () => {
    expect(definitions['io.Job']).toMatchObject({ additionalProperties: false });
    expect(definitions['io.Spec']?.properties['items']).toMatchObject({
      items: { additionalProperties: false },
    });
  });

  it('allow any field where the API does', () => {
    expect(definitions['io.Job']?.properties['labels']).toEqual({
      type: 'object',
      additionalProperties: text,
    });
    expect(definitions['io.Spec']?.properties['raw']).not.toHaveProperty('additionalProperties');
  });

  it('take a field for a field, whatever it is called', () => {
    expect(definitions['io.Spec']?.properties['properties']).toEqual(text);
    expect(definitions['io.Spec']?.properties).not.toHaveProperty('additionalProperties');
  });
});
