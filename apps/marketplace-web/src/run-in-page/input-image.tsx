'use client';

import { useEffect, useRef } from 'react';

export interface InputImageProps {
  /** 0..255, `[height, width, channels]`. */
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Says what it is; empty where the text beside it does. */
  readonly label: string;
  readonly className?: string;
}

/** What a network sees, pixel by pixel. */
export function InputImage({ values, height, width, channels, label, className = '' }: InputImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      for (let colour = 0; colour < 3; colour++)
        image.data[4 * pixel + colour] = values[channels * pixel + (channels === 1 ? 0 : colour)] ?? 0;
      image.data[4 * pixel + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [values, height, width, channels]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={`m-input-image ${className}`}
      {...(label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
