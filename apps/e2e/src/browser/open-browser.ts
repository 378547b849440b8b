import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './find-chromium.js';

/** Whether suites that need a browser can run; where `MODA_REQUIRE` names browser they run in any case, and fail without one. */
export async function hasBrowser(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const isRequired = (env['MODA_REQUIRE'] ?? '').split(',').includes('browser');
  return isRequired || (await findChromium(env)) !== undefined;
}

/**
 * Starts a browser without a window; whoever opens it closes it.
 *
 * @throws Error where there is none
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined) {
    throw new Error('No browser was found; name a Chromium in MODA_CHROMIUM or install one.');
  }
  return chromium.launch({
    executablePath,
    // Chromium's sandbox refuses to work for the superuser, who is who tests run as in many containers.
    chromiumSandbox: process.getuid?.() !== 0,
  });
}
