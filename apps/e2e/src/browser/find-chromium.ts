import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** What systems call it; all of them speak the protocol that Playwright drives. */
const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The path of a browser: what `MODA_CHROMIUM` names, one on the PATH, or the one that Playwright installed for itself. Undefined, with the
 * reason on standard error where the named one is none, where there is no browser.
 */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const named = env['MODA_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (await isExecutable(named)) return named;
    console.error(`MODA_CHROMIUM names ${named}, which is no program that can be run; correct or unset it.`);
    return undefined;
  }
  for (const program of programs) {
    for (const folder of (env['PATH'] ?? '').split(delimiter)) {
      const path = join(folder, program);
      if (folder !== '' && (await isExecutable(path))) return path;
    }
  }
  const own = chromium.executablePath();
  return (await isExecutable(own)) ? own : undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
