import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';

/** A row of a table as it is given away: by the names of the columns. */
export type NumberRow = Readonly<Record<string, string | number | null>>;

/** The chart with this title. */
export function chartOf(page: Page, title: string): Locator {
  return page.getByRole('figure').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
}

/** Every number of a chart, from the JSON file that its table gives away. */
export async function chartNumbers(page: Page, title: string): Promise<readonly NumberRow[]> {
  const chart = chartOf(page, title);
  await chart.waitFor();
  const summary = chart.getByText(`Numbers: ${title}`, { exact: true });
  if (!(await chart.getByText('Export', { exact: true }).isVisible())) await summary.click();
  return JSON.parse(await exportedText(page, chart, 'JSON')) as readonly NumberRow[];
}

/** The text of the file that a table gives away in a format. */
export async function exportedText(
  page: Page,
  around: Locator,
  format: 'CSV' | 'JSON' | 'LaTeX',
): Promise<string> {
  await around.getByText('Export', { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    around.getByRole('button', { name: `Download ${format}` }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}
