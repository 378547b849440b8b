// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { SignOutButton } from './sign-out-button';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('takes the token away, and all that was read with it and kept for a time without a network', async () => {
  const ask = vi.fn(() => Promise.resolve(new Response(null, { status: 204 })));
  const kept = new Set(['moda-pages-1', 'moda-packages-1']);
  vi.stubGlobal('fetch', ask);
  vi.stubGlobal('caches', {
    keys: () => Promise.resolve([...kept]),
    delete: (name: string) => Promise.resolve(kept.delete(name)),
  });
  const assign = vi.spyOn(window.location, 'assign').mockImplementation(() => undefined);
  render(<SignOutButton />);
  fireEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  await expect.poll(() => assign.mock.calls).toEqual([['/login']]);
  expect(ask).toHaveBeenCalledWith('/api/session', { method: 'DELETE' });
  expect([...kept]).toEqual([]);
});
