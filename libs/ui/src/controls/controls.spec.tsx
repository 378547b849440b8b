// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Button } from './button.js';
import { NumberField } from './number-field.js';
import { SearchField } from './search-field.js';
import { Segments } from './segments.js';
import { SelectField } from './select-field.js';
import { Slider } from './slider.js';
import { TextField } from './text-field.js';

afterEach(cleanup);

describe('a button', () => {
  it('that is busy keeps the focus and takes no second press', () => {
    const onClick = vi.fn();
    const { rerender } = render(<Button onClick={onClick}>Cancel</Button>);
    const button = screen.getByRole('button', { name: 'Cancel' });
    button.focus();
    fireEvent.click(button);
    rerender(
      <Button busy onClick={onClick}>
        Cancel
      </Button>,
    );
    fireEvent.click(button);
    expect(onClick).toHaveBeenCalledTimes(1);
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute('aria-busy')).toBe('true');
  });

  it('that is busy submits no form', () => {
    const onSubmit = vi.fn();
    render(
      <form onSubmit={onSubmit}>
        <Button busy type="submit">
          Send
        </Button>
      </form>,
    );
    fireEvent.click(screen.getByRole('button'));
    expect(onSubmit).not.toHaveBeenCalled();
  });
});

describe('a field', () => {
  it('is tied to its label, hint and error', () => {
    render(<TextField label="Tags" hint="Up to ten" error="A tag has no spaces; use a dash." />);
    const input = screen.getByLabelText('Tags');
    const described = (input.getAttribute('aria-describedby') ?? '').split(' ');
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
      'Up to ten',
      'A tag has no spaces; use a dash.',
    ]);
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });

  it('without an error is not invalid', () => {
    render(<TextField label="Tags" />);
    expect(screen.getByLabelText('Tags').getAttribute('aria-invalid')).toBeNull();
  });
});

function Epochs({ tell }: { readonly tell: (value: number | null) => void }) {
  const [value, setValue] = useState<number | null>(30);
  return (
    <>
      <NumberField
        label="Epochs"
        value={value}
        onChange={(next) => {
          setValue(next);
          tell(next);
        }}
      />
      <button type="button" onClick={() => setValue(200)}>
        As in the paper
      </button>
    </>
  );
}

describe('a number field', () => {
  it('gives numbers, and null for what is none', () => {
    const tell = vi.fn();
    render(<Epochs tell={tell} />);
    const input = screen.getByLabelText('Epochs');
    fireEvent.change(input, { target: { value: '12.50' } });
    expect(input).toHaveProperty('value', '12.50');
    fireEvent.change(input, { target: { value: '' } });
    expect(tell.mock.calls).toEqual([[12.5], [null]]);
    expect(input).toHaveProperty('value', '');
  });

  it('shows a value from outside', () => {
    render(<Epochs tell={() => undefined} />);
    fireEvent.change(screen.getByLabelText('Epochs'), { target: { value: '12' } });
    fireEvent.click(screen.getByText('As in the paper'));
    expect(screen.getByLabelText('Epochs')).toHaveProperty('value', '200');
  });
});

describe('choices', () => {
  it('give the chosen value', () => {
    const onChange = vi.fn();
    const options = [
      { value: 'digits', label: 'Digits' },
      { value: 'cifar10', label: 'CIFAR-10' },
    ] as const;
    render(
      <>
        <SelectField label="Dataset" value="digits" options={options} onChange={onChange} />
        <Segments label="Shown" value="digits" options={options} onChange={onChange} />
      </>,
    );
    fireEvent.change(screen.getByLabelText('Dataset'), { target: { value: 'cifar10' } });
    fireEvent.click(screen.getByRole('radio', { name: 'CIFAR-10' }));
    expect(onChange.mock.calls).toEqual([['cifar10'], ['cifar10']]);
  });
});

describe('a slider', () => {
  it('tells its value in words and gives numbers', () => {
    const onChange = vi.fn();
    render(
      <Slider
        label="tau"
        value={0.9}
        min={0}
        max={1}
        step={0.01}
        onChange={onChange}
        format={(value) => value.toFixed(2)}
      />,
    );
    const slider = screen.getByRole('slider', { name: 'tau' });
    expect(slider.getAttribute('aria-valuetext')).toBe('0.90');
    fireEvent.change(slider, { target: { value: '0.5' } });
    expect(onChange).toHaveBeenCalledWith(0.5);
  });
});

describe('a search field', () => {
  it('is found by its key, but not out of another field', () => {
    render(
      <>
        <TextField label="Name" />
        <SearchField label="Search runs" value="" onChange={() => undefined} shortcut="/" />
      </>,
    );
    const search = screen.getByRole('searchbox', { name: 'Search runs' });
    fireEvent.keyDown(screen.getByLabelText('Name'), { key: '/' });
    expect(document.activeElement).not.toBe(search);
    fireEvent.keyDown(document.body, { key: '/' });
    expect(document.activeElement).toBe(search);
  });
});
