import type { ExportedFile } from './export-composition';

/** Hands a file to the browser to keep. */
export function saveBytes({ name, contentType, bytes }: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([bytes.slice()], { type: contentType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
