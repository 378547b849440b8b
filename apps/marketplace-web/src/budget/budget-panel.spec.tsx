// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CartVersionDocument,
  ClassAccuraciesDocument,
  CompatibilityDocument,
  ModelsWithClassDocument,
  PriceDocument,
} from '../graphql/generated/operations';
import { inPage } from '../testing/in-page';
import { BudgetPanel } from './budget-panel';

const ask = vi.hoisted(() => vi.fn());
vi.mock('../gateway/browser-client', () => ({ gateway: { ask } }));

const names = ['cat', 'dog', 'hare'];
const version = (reference: string, tau = 0.9) => ({
  id: reference,
  reference,
  tau,
  dataset: 'pets',
  ratesDigest: 'sha256:0',
  input: { height: 28, width: 28, channels: 1 },
  classes: names.map((name, index) => ({ index, name })),
});
const published = ['ada/pets@1.0.0', 'bob/pets@2.0.0', 'eve/pets@3.0.0'];
/** Of the publisher's threshold, and half of it for each step up. */
const bytes: Readonly<Record<string, number>> = {
  'ada/pets@1.0.0': 400_000,
  'bob/pets@2.0.0': 250_000,
  'eve/pets@3.0.0': 1_000,
};
const accuracies: Readonly<Record<string, number>> = { 'ada/pets@1.0.0': 0.99, 'bob/pets@2.0.0': 0.95 };
const cart = { groups: [{ of: 'ada/pets@1.0.0', classes: [0, 2] }] };

interface Asked {
  readonly owner: string;
  readonly model: string;
  readonly selector: string;
  readonly reference: string;
  readonly tau: number;
  readonly b: string;
}

function answer(document: unknown, asked: Asked): unknown {
  const of = `${asked.owner}/${asked.model}@${asked.selector}`;
  if (document === CartVersionDocument) return { version: version(of) };
  if (document === ModelsWithClassDocument)
    return {
      searchModels: { totalEstimate: 3, edges: published.map((reference) => ({ node: version(reference) })) },
    };
  if (document === CompatibilityDocument) {
    const kind = asked.b === 'eve/pets@3.0.0' ? 'impossible' : 'calibrated';
    return { compatibility: { __typename: 'Verdict', kind, reason: '', differs: [], nearest: null } };
  }
  if (document === ClassAccuraciesDocument) {
    const accuracy = accuracies[of] ?? null;
    return { version: { id: of, modules: names.map((_, classIndex) => ({ classIndex, accuracy })) } };
  }
  if (document === PriceDocument) {
    const whole = bytes[asked.reference] ?? NaN;
    const weightsBytes = asked.tau === 0.9 ? whole : whole / 2;
    return { price: { __typename: 'Price', weightsBytes, flops: weightsBytes * 10, marginal: [] } };
  }
  throw new Error('An unexpected question.');
}

beforeEach(() => {
  ask.mockReset().mockImplementation(async (document, asked: Asked) => answer(document, asked));
});

function panel(address: string, onChange = vi.fn()) {
  const onUrlUpdate = vi.fn();
  inPage(
    <NuqsTestingAdapter searchParams={address} onUrlUpdate={onUrlUpdate} hasMemory>
      <BudgetPanel cart={cart} onChange={onChange} />
    </NuqsTestingAdapter>,
  );
  return { onChange, onUrlUpdate };
}

/** The rows of the table, once it is there; cells as their texts. */
async function rows(): Promise<string[][]> {
  const table = await screen.findByRole('table');
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent.replaceAll('\u00a0', ' ')),
    );
}
const told = () => screen.getByRole('status').textContent.replaceAll('\u00a0', ' ');

describe('the panel of a budget', () => {
  it('asks nobody before a bound is named', () => {
    panel('');
    expect(screen.getByText(/^Name one bound or both/)).toBeDefined();
    expect(ask).not.toHaveBeenCalled();
  });

  it('shows the most accurate model that fits, then one whose accuracy nobody measured', async () => {
    panel('?kb=300');
    const whole = 'the whole model, test images of pets of the 2 classes, mean';
    expect(await rows()).toEqual([
      ['bob/pets', '2.0.0', '0.9', '250 kB', '2.50 M', '95.00 %', whole, 'Take this'],
      ['ada/pets', '1.0.0', '0.95', '200 kB', '2.00 M', 'not measured', '–', 'Take this'],
    ]);
    expect(told()).toBe('2 of 3 models fit. The best: bob/pets@2.0.0 at τ 0.9, 95.00 %.');
  });

  it('leaves out what does not go with the cart, however small', async () => {
    panel('?kb=500');
    expect((await rows()).map(([model]) => model)).toEqual(['ada/pets', 'bob/pets']);
  });

  it('marks what is in the cart already', async () => {
    panel('?mflops=4');
    expect((await rows())[0]?.at(-1)).toBe('In the cart');
  });

  it('says by how much the nearest is over where nothing fits', async () => {
    panel('?kb=100');
    expect(await rows()).toHaveLength(1);
    expect(told()).toBe('Nothing fits. The nearest is bob/pets@2.0.0 at τ 0.95: 25.0 kB over.');
  });

  it('puts a model into the cart, at its threshold where that is not the publisher’s', async () => {
    const { onChange } = panel('?kb=300');
    const link = await screen.findByRole('link', { name: 'Take this: ada/pets@1.0.0 at τ 0.95' });
    expect(link.getAttribute('href')).toBe('/cart?of=ada/pets@1.0.0&classes=0,2&tau=0.95');
    fireEvent.click(link);
    expect(onChange).toHaveBeenCalledWith({
      groups: [{ of: 'ada/pets@1.0.0', classes: [0, 2] }],
      tau: 0.95,
    });
    fireEvent.click(screen.getByRole('link', { name: 'Take this: bob/pets@2.0.0 at τ 0.9' }));
    expect(onChange).toHaveBeenLastCalledWith({ groups: [{ of: 'bob/pets@2.0.0', classes: [0, 2] }] });
  });

  it('keeps what is typed in the address', async () => {
    const { onUrlUpdate } = panel('');
    fireEvent.change(screen.getByLabelText('Size of the weights, at most'), { target: { value: '300' } });
    await vi.waitFor(() => {
      expect(onUrlUpdate).toHaveBeenCalledWith(expect.objectContaining({ queryString: '?kb=300' }));
    });
    fireEvent.change(screen.getByLabelText('FLOPs per image, at most'), { target: { value: '-1' } });
    expect(screen.getByText('A bound is more than 0; leave it empty for none.')).toBeDefined();
  });

  it('goes on without a model that does not answer, and says so', async () => {
    ask.mockImplementation(async (document, asked: Asked) => {
      if (document === PriceDocument && asked.reference === 'ada/pets@1.0.0') throw new Error('away');
      return answer(document, asked);
    });
    panel('?kb=300');
    expect((await rows()).map(([model]) => model)).toEqual(['bob/pets']);
    expect(screen.getByText('One model is left out:')).toBeDefined();
  });
});
