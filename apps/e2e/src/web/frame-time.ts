import type { Locator } from 'playwright-core';

/** So much is scrolled from one frame to the next: a quick hand (CSS pixels). */
const stepPixels = 24;

/** Scrolls an element down for a while; the mean time from one frame to the next (ms). */
export function frameTimeOfScrolling(element: Locator, durationMs: number): Promise<number> {
  return element.evaluate(
    (scrolled, { step, duration }) =>
      new Promise<number>((resolve) => {
        scrolled.scrollTop = 0;
        let frames = -1;
        let begun = 0;
        const frame = (now: number) => {
          frames += 1;
          if (frames === 0) begun = now;
          scrolled.scrollTop += step;
          if (now - begun < duration) requestAnimationFrame(frame);
          else resolve((now - begun) / frames);
        };
        requestAnimationFrame(frame);
      }),
    { step: stepPixels, duration: durationMs },
  );
}
