'use client';

import { Button } from '@moda/ui';
import type { Pixels } from '@moda/page-runtime/images';
import { type PointerEvent, useEffect, useRef } from 'react';

/** Pixels of the sheet, and of the pen: as thick for its size as the lines of the data set. */
const sheet = 280;
const pen = 22;

export interface DrawPadProps {
  /** After every stroke, and while one is drawn. */
  readonly onDraw: (pixels: Pixels) => void;
  readonly onClear: () => void;
}

/** A sheet of paper and a pen. Who cannot draw chooses a sample: the tabs above say so. */
export function DrawPad({ onDraw, onClear }: DrawPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | undefined>(undefined);
  const due = useRef<number | undefined>(undefined);

  useEffect(() => {
    wipe(canvas.current);
    return () => {
      if (due.current !== undefined) cancelAnimationFrame(due.current);
    };
  }, []);

  const tell = () => {
    due.current ??= requestAnimationFrame(() => {
      due.current = undefined;
      const context = canvas.current?.getContext('2d', { willReadFrequently: true });
      if (context) onDraw(context.getImageData(0, 0, sheet, sheet));
    });
  };

  const stroke = (event: PointerEvent<HTMLCanvasElement>) => {
    const context = event.currentTarget.getContext('2d', { willReadFrequently: true });
    if (!context || last.current === undefined) return;
    const frame = event.currentTarget.getBoundingClientRect();
    const to = {
      x: ((event.clientX - frame.left) / frame.width) * sheet,
      y: ((event.clientY - frame.top) / frame.height) * sheet,
    };
    const from = Number.isNaN(last.current.x) ? to : last.current;
    context.strokeStyle = 'black';
    context.lineWidth = pen;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    last.current = to;
    tell();
  };

  return (
    <div className="m-draw">
      <canvas
        ref={canvas}
        width={sheet}
        height={sheet}
        className="m-draw__sheet"
        role="img"
        aria-label="Sheet to draw on with a mouse, a pen or a finger. With a keyboard, choose a sample or a picture instead."
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = { x: NaN, y: NaN };
          stroke(event);
        }}
        onPointerMove={stroke}
        onPointerUp={() => (last.current = undefined)}
        onPointerCancel={() => (last.current = undefined)}
      />
      <Button
        small
        onClick={() => {
          wipe(canvas.current);
          onClear();
        }}
      >
        Clear the sheet
      </Button>
    </div>
  );
}

function wipe(canvas: HTMLCanvasElement | null): void {
  const context = canvas?.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  context.fillStyle = 'white';
  context.fillRect(0, 0, sheet, sheet);
}
