// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { inPage } from '../testing/in-page';
import { StateNote } from './state-note';
import type { PageVersion } from './version-question';

const version = (state: PageVersion['state'], stateMessage: string | null) =>
  ({
    version: '1.0.0',
    state,
    stateMessage,
    model: { owner: 'ada', name: 'pets', aliases: [{ alias: 'latest', version: '1.1.0', movedAt: '' }] },
  }) as unknown as PageVersion;

describe('the state of a version', () => {
  it('is no news while it is released', () => {
    const { container } = inPage(<StateNote version={version('released', null)} />);
    expect(container.textContent).toBe('');
  });

  it('tells why it is deprecated and what to take instead', () => {
    inPage(<StateNote version={version('deprecated', 'Mixes cats and dogs.')} />);
    expect(screen.getByRole('note').textContent).toContain('Deprecated. Mixes cats and dogs.');
    expect(screen.getByRole('link', { name: /1\.1\.0/ }).getAttribute('href')).toBe(
      '/m/ada/pets?version=1.1.0',
    );
  });

  it('tells what becomes of what was pulled where it is yanked', () => {
    inPage(<StateNote version={version('yanked', null)} />);
    expect(screen.getByRole('note').textContent).toContain('what was pulled by digest stays as it is');
  });
});
