// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { inPage } from '../testing/in-page';
import type { FoundModule } from './found';
import { ModuleCard } from './module-card';

const ask = vi.hoisted(() => vi.fn());
vi.mock('../gateway/browser-client', () => ({ gateway: { ask } }));

const module: FoundModule = {
  id: 'v1.3',
  className: 'cat',
  classIndex: 3,
  reference: 'ada/pets/cat@1.0.0',
  bytes: 41_000,
  parameters: 10_000,
  share: 0.62,
  flops: 600_000,
  flopsShare: 0.7,
  accuracy: 0.9316,
  version: {
    id: 'v1',
    reference: 'ada/pets@1.0.0',
    tau: 0.9,
    architecture: 'vgg16',
    dataset: 'cifar10',
    license: 'MIT',
    state: 'released',
    input: { height: 32, width: 32, channels: 3 },
  },
};

beforeEach(() => {
  localStorage.clear();
  ask.mockReset();
});

describe('the card of a module', () => {
  it('leads to the module and its model, and says what it costs and admits', () => {
    inPage(<ModuleCard module={module} cartOf={undefined} />);
    expect(screen.getByRole('link', { name: 'cat' }).getAttribute('href')).toBe(
      '/m/ada/pets/cat?version=1.0.0',
    );
    expect(screen.getByRole('link', { name: 'ada/pets@1.0.0' })).toBeDefined();
    expect(screen.getByText('41.0 kB')).toBeDefined();
    expect(screen.getByText('not modular')).toBeDefined();
    expect(screen.getByText('70 % of the FLOPs')).toBeDefined();
  });

  it('shows no time that was not measured in this browser', () => {
    inPage(<ModuleCard module={module} cartOf={undefined} />);
    expect(screen.queryByText('Time here')).toBeNull();
  });

  it('goes into the cart and out of it', () => {
    inPage(<ModuleCard module={module} cartOf={undefined} />);
    fireEvent.click(screen.getByRole('button', { name: 'Add to cart: cat of ada/pets@1.0.0' }));
    expect(localStorage.getItem('moda.cart')).toBe('of=ada/pets@1.0.0&classes=3');
    fireEvent.click(screen.getByRole('button', { name: 'In the cart: cat of ada/pets@1.0.0' }));
    expect(localStorage.getItem('moda.cart')).toBe('');
  });

  it('says how it goes with a cart of another model', async () => {
    ask.mockResolvedValue({
      compatibility: {
        __typename: 'Verdict',
        kind: 'impossible',
        reason: 'One takes images of 28x28x1, the other of 32x32x3.',
        differs: ['input'],
        nearest: null,
      },
    });
    inPage(<ModuleCard module={module} cartOf="ada/digits@1.0.0" />);
    const badge = await screen.findByText('does not go with the cart');
    expect(badge.getAttribute('title')).toContain('28x28x1');
  });

  it('asks nobody about a cart of its own model', async () => {
    inPage(<ModuleCard module={module} cartOf="ada/pets@1.0.0" />);
    expect(await screen.findByText('goes with the cart')).toBeDefined();
    expect(ask).not.toHaveBeenCalled();
  });
});
