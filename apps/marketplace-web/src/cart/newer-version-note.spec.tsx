// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { inPage } from '../testing/in-page';
import type { Cart } from './cart';
import { NewerVersionNote } from './newer-version-note';

const ask = vi.hoisted(() => vi.fn());
vi.mock('../gateway/browser-client', () => ({ gateway: { ask } }));

const of = 'ada/digits@1.0.0';
const group = { of, classes: [0, 1] };
const cart: Cart = { groups: [group], tau: 0.8 };
const digits = ['0', '1', '2'].map((name, index) => ({ index, name }));

/** The registry knows every version of the model that it is asked for. */
function released(version: string, changes: object = {}): void {
  const latest = {
    reference: `ada/digits@${version}`,
    version,
    state: 'released',
    ratesDigest: 'sha256:0',
    classes: digits,
    ...changes,
  };
  ask.mockReset().mockImplementation((_document, { selector }: { readonly selector: string }) => {
    const reference = `ada/digits@${selector}`;
    return Promise.resolve({ version: { reference, classes: digits, model: { latest } } });
  });
}
const note = async () => (await screen.findByRole('note')).textContent;

describe('a cart that holds an older version', () => {
  beforeEach(() => {
    released('1.1.0');
  });

  it('says that a newer one is out, and leads to it', async () => {
    inPage(<NewerVersionNote cart={cart} group={group} onChange={vi.fn()} />);
    expect(await note()).toBe(
      '1.1.0 is out. The cart holds ada/digits@1.0.0. Move the cart to ada/digits@1.1.0',
    );
    expect(screen.getByRole('link', { name: '1.1.0' }).getAttribute('href')).toBe(
      '/m/ada/digits?version=1.1.0',
    );
  });

  it('moves to it with one press', async () => {
    const onChange = vi.fn();
    inPage(<NewerVersionNote cart={cart} group={group} onChange={onChange} />);
    const link = await screen.findByRole('link', { name: 'Move the cart to ada/digits@1.1.0' });
    expect(link.getAttribute('href')).toBe('/cart?of=ada/digits@1.1.0&classes=0,1&tau=0.8');
    fireEvent.click(link);
    expect(onChange).toHaveBeenCalledWith({
      groups: [{ of: 'ada/digits@1.1.0', classes: [0, 1] }],
      tau: 0.8,
    });
  });

  it('stays where the link is opened in another tab', async () => {
    const onChange = vi.fn();
    inPage(<NewerVersionNote cart={cart} group={group} onChange={onChange} />);
    const link = await screen.findByRole('link', { name: /^Move/ });
    const isLeftToTheBrowser = fireEvent.click(link, { ctrlKey: true });
    expect([isLeftToTheBrowser, onChange.mock.calls.length]).toEqual([true, 0]);
  });

  it('says why it cannot move', async () => {
    released('1.1.0', { classes: [digits[0]] });
    inPage(<NewerVersionNote cart={cart} group={group} onChange={vi.fn()} />);
    expect(await note()).toContain('It has no class 1; take that out of the cart to move on.');
    expect(screen.queryByRole('link', { name: /^Move/ })).toBeNull();
  });
});

it('a cart that holds the newest version hears nothing of it', async () => {
  released('1.1.0');
  const newest = { of: 'ada/digits@1.1.0', classes: [0, 1] };
  inPage(
    <>
      <NewerVersionNote cart={{ groups: [newest, group] }} group={newest} onChange={vi.fn()} />
      <NewerVersionNote cart={{ groups: [newest, group] }} group={group} onChange={vi.fn()} />
    </>,
  );
  expect(await note()).toContain('The cart holds ada/digits@1.0.0.');
  expect(screen.getAllByRole('note')).toHaveLength(1);
});
