'use client';
import { Checkbox, Slider } from '@moda/ui';
import { useQueryStates } from 'nuqs';
import { curveParsers } from './curve-state';

/** Smoothing and scale of all curves of the page. */
export function CurveControls() {
  const [{ smooth, log }, set] = useQueryStates(curveParsers);
  return (
    <div className="m-curve-controls">
      <Slider
        label="Smoothing"
        value={smooth}
        min={0}
        max={0.95}
        step={0.05}
        format={(value) => (value === 0 ? 'off' : value.toFixed(2))}
        onChange={(value) => void set({ smooth: Math.round(value * 100) / 100 })}
      />
      <Checkbox label="Logarithmic" checked={log} onChange={(value) => void set({ log: value })} />
    </div>
  );
}

/** Smoothing and scale as they were chosen. */
export function useCurveState() {
  const [{ smooth, log }] = useQueryStates(curveParsers);
  return { smooth: Math.min(0.95, Math.max(0, smooth)), log };
}
