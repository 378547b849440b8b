'use client';

import { useId } from 'react';

export interface SliderMark {
  readonly value: number;
  readonly label?: string;
}

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  readonly format: (value: number) => string;
  /** Places worth finding again; they are shown below the track. */
  readonly marks?: readonly SliderMark[];
  readonly disabled?: boolean;
  readonly className?: string;
}

/** A number by hand: arrow keys move by a step, Page Up and Page Down by a tenth of the range. */
export function Slider(props: SliderProps) {
  const { label, value, min, max, step, onChange, format, marks = [], disabled, className = '' } = props;
  const id = useId();
  return (
    <div className={`m-slider ${className}`}>
      <div className="m-slider__head">
        <label className="m-field__label" htmlFor={id}>
          {label}
        </label>
        <output className="m-slider__value" htmlFor={id}>
          {format(value)}
        </output>
      </div>
      <input
        id={id}
        className="m-slider__input"
        type="range"
        value={value}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        list={marks.length > 0 ? `${id}-marks` : undefined}
        aria-valuetext={format(value)}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
      {marks.length > 0 && (
        <>
          <datalist id={`${id}-marks`}>
            {marks.map((mark) => (
              <option key={mark.value} value={mark.value} label={mark.label ?? format(mark.value)} />
            ))}
          </datalist>
          <div className="m-slider__marks" aria-hidden="true">
            {marks.map((mark) => (
              <span
                key={mark.value}
                className="m-slider__mark"
                style={{ left: `${((mark.value - min) / (max - min || 1)) * 100}%` }}
              >
                {mark.label ?? format(mark.value)}
              </span>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
