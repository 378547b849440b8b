// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LoginPage } from './login-page';

const assign = vi.fn();

function signIn(answer: Response | Error, next = '/compare?runs=a') {
  const fetched = vi.fn(async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  });
  vi.stubGlobal('fetch', fetched);
  vi.spyOn(window.location, 'assign').mockImplementation(assign);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LoginPage next={next} />
    </QueryClientProvider>,
  );
  fireEvent.change(screen.getByLabelText('Token'), { target: { value: 'moda_pat_x' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  return fetched;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  assign.mockReset();
});

describe('Signing in', () => {
  it('gives the token to this app and goes back to where one came from', async () => {
    const fetched = signIn(Response.json({ user: 'ada' }));
    await waitFor(() => expect(assign).toHaveBeenCalledWith('/compare?runs=a'));
    expect(fetched).toHaveBeenCalledWith(
      '/api/session',
      expect.objectContaining({ method: 'POST', body: '{"token":"moda_pat_x"}' }),
    );
  });

  it('never goes on to another site', async () => {
    signIn(Response.json({ user: 'ada' }), '//elsewhere.test');
    await waitFor(() => expect(assign).toHaveBeenCalledWith('/'));
  });

  it('says why a token was not taken, with the code', async () => {
    signIn(
      Response.json(
        { errors: [{ message: 'Nobody is known by this token.', extensions: { code: 'UNAUTHENTICATED' } }] },
        { status: 401 },
      ),
    );
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Nobody is known by this token.');
    expect(alert.textContent).toContain('UNAUTHENTICATED');
    expect(assign).not.toHaveBeenCalled();
  });

  it('says that the app is away', async () => {
    signIn(new TypeError('fetch failed'));
    expect((await screen.findByRole('alert')).textContent).toContain('APP_UNREACHABLE');
  });
});
