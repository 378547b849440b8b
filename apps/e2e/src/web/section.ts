import type { Locator, Page } from 'playwright-core';

/** The part of a page below this heading. */
export function sectionOf(page: Page, title: string): Locator {
  return page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
}
