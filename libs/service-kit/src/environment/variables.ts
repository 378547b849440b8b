import { z } from 'zod';

const maxPort = 65_535;

/** Where services listen when nothing is said. */
export const defaultHost = '127.0.0.1';

/** A port; 0 lets the system choose a free one. */
export function port(fallback: number) {
  return z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= maxPort, {
      error: ({ input }) => `is ${JSON.stringify(input)}; give a port from 0 to ${maxPort}`,
    })
    .transform(Number);
}

/** An address as in http://127.0.0.1:4002, kept without a slash at its end. */
export function httpAddress() {
  return z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
      error: ({ input }) => `is ${JSON.stringify(input)}; give an address as in http://127.0.0.1:4002`,
    })
    .transform((text) => text.replace(/\/+$/, ''));
}

/** `true` or `false`. */
export function flag() {
  return z
    .enum(['true', 'false'], {
      error: ({ input }) => `is ${JSON.stringify(input)}; give true or false`,
    })
    .default('false')
    .transform((text) => text === 'true');
}

/** How much a service says on standard error. */
export function logLevel() {
  const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
  return z
    .enum(levels, { error: ({ input }) => `is ${JSON.stringify(input)}; give ${levels.join(', ')}` })
    .default('info');
}

/** A time in milliseconds, at most a day. */
export function milliseconds(fallback: number) {
  return z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d{1,8}$/.test(text) && Number(text) <= 86_400_000, {
      error: ({ input }) => `is ${JSON.stringify(input)}; give whole milliseconds, at most a day`,
    })
    .transform(Number);
}
