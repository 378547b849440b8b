// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PublishRunDocument } from '../graphql/generated/operations';
import { inPage } from '../testing/in-page';
import { PublishForm } from './publish-form';
import type { RunToPublish } from './publish-questions';

const ask = vi.hoisted(() => vi.fn());
vi.mock('../gateway/browser-client', () => ({ gateway: { ask } }));

const run: RunToPublish = {
  id: 'run-1',
  name: 'modular',
  experimentName: 'first',
  state: 'succeeded',
  reason: 'Training is done.',
  spec: { arch: 'compact', dataset: 'digits', method: 'moda' },
  task: { kind: 'train' },
  device: 'CPU',
  endedAt: '2026-01-01T00:00:00Z',
  command: 'moda train',
  outcome: { accuracy: 0.98, parameters: 1000, seconds: 60 },
  versions: [],
};
const me = { user: 'ada', role: 'publisher' };

function answer(published: unknown): void {
  ask.mockImplementation((document: unknown) =>
    Promise.resolve(
      document === PublishRunDocument
        ? { publishRun: published }
        : {
            model: {
              id: 'ada/digits',
              versions: { totalEstimate: 1, edges: [{ node: { version: '1.0.0' } }] },
            },
          },
    ),
  );
}

async function fillIn(): Promise<HTMLElement> {
  inPage(<PublishForm run={run} me={me} />);
  fireEvent.change(screen.getByLabelText('License'), { target: { value: 'MIT' } });
  const button = await screen.findByRole('button', { name: 'Publish ada/digits@1.1.0' });
  await waitFor(() => {
    expect(button.hasAttribute('disabled')).toBe(false);
  });
  return button;
}

beforeEach(() => {
  ask.mockReset();
});

describe('publishing a run', () => {
  it('waits for a license', async () => {
    answer(null);
    inPage(<PublishForm run={run} me={me} />);
    const button = await screen.findByRole('button', { name: 'Publish ada/digits@1.1.0' });
    expect(button.hasAttribute('disabled')).toBe(true);
    expect(screen.getByText(/A license is needed/)).toBeDefined();
  });

  it('sends what was named and leads to the published model', async () => {
    answer({ __typename: 'Publication', created: true, digest: 'sha256:00', reference: 'ada/digits@1.1.0' });
    fireEvent.click(await fillIn());
    const link = await screen.findByRole('link', { name: 'See it' });
    expect(link.getAttribute('href')).toBe('/m/ada/digits?version=1.1.0');
    expect(ask).toHaveBeenCalledWith(PublishRunDocument, {
      input: { id: 'run-1', owner: 'ada', model: 'digits', version: '1.1.0', license: 'MIT' },
    });
  });

  it('tells a refusal with its code', async () => {
    answer({
      __typename: 'Problem',
      code: 'VERSION_TAKEN',
      message: 'ada/digits@1.1.0 is taken; choose another version.',
      details: {},
      nearest: null,
    });
    fireEvent.click(await fillIn());
    expect(await screen.findByText('ada/digits@1.1.0 is taken; choose another version.')).toBeDefined();
    expect(screen.getByText('VERSION_TAKEN')).toBeDefined();
  });
});
