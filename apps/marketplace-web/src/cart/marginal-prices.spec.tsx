// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { inPage } from '../testing/in-page';
import type { Cart } from './cart';
import type { CartVersion } from './composed-set';
import { MarginalPrices } from './marginal-prices';

const ask = vi.hoisted(() => vi.fn());
vi.mock('../gateway/browser-client', () => ({ gateway: { ask } }));

const of = 'ada/vehicles@1.0.0';
const names = ['plane', 'automobile', 'ship', 'truck'];
const version = {
  reference: of,
  classes: names.map((name, index) => ({ index, name })),
} as unknown as CartVersion;
const cart: Cart = { groups: [{ of, classes: [1] }] };
const marginal = (index: number, weightsBytes: number) => ({
  class: index,
  weightsBytes,
  parameters: weightsBytes / 4,
  flops: 600_000,
  sharedWithCart: 0.8,
  nearest: { class: 1, shared: 0.78 },
});

beforeEach(() => {
  ask.mockReset().mockResolvedValue({
    price: {
      __typename: 'Price',
      weightsBytes: 100_000,
      parameters: 25_000,
      share: 0.1,
      flops: 1e6,
      flopsShare: 0.2,
      marginal: [marginal(0, 90_000), marginal(1, 0), marginal(2, 60_000), marginal(3, 41_000)],
    },
  });
});

describe('what one more class would add', () => {
  it('is told of the cheapest first, in one sentence', async () => {
    inPage(<MarginalPrices cart={cart} group={{ of, classes: [1] }} version={version} onChange={vi.fn()} />);
    const told = await screen.findByText(/The cheapest/);
    expect(told.textContent.replaceAll('\u00a0', ' ')).toBe(
      'The cheapest: adding truck: +41.0 kB, +600 k FLOPs, 78 % shared with automobile.',
    );
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getAllByRole('cell')[0]?.textContent)).toEqual([
      'truck',
      'ship',
      'plane',
    ]);
  });

  it('is added with one press', async () => {
    const onChange = vi.fn();
    inPage(<MarginalPrices cart={cart} group={{ of, classes: [1] }} version={version} onChange={onChange} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Add truck' }));
    expect(onChange).toHaveBeenCalledWith({ groups: [{ of, classes: [1, 3] }] });
  });

  it('ends with the last class', async () => {
    const all = { of, classes: [0, 1, 2, 3] };
    inPage(<MarginalPrices cart={{ groups: [all] }} group={all} version={version} onChange={vi.fn()} />);
    expect(await screen.findByText(`The cart holds every class of ${of}.`)).toBeDefined();
  });
});
