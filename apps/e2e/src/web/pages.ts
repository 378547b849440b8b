import type { Browser, Page } from 'playwright-core';

export interface PageOptions {
  readonly theme?: 'light' | 'dark';
  /** Of the window (CSS pixels). */
  readonly width?: number;
  readonly height?: number;
}

export interface OpenPage {
  readonly page: Page;
  /** What the page complained of since it was opened: exceptions and errors on the console. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A page in a browser profile of its own, as another person would have it. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<OpenPage> {
  const { theme = 'light', width = 1280, height = 900 } = options;
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width, height },
    // So that what moves does not decide what is seen.
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  return { page, complaints, close: () => context.close() };
}

/** Two cores may be busy with a training at the same time (ms). */
const patienceMs = 30_000;
