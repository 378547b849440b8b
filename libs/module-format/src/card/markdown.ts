/** Text as plain words on one line of Markdown: no markup, HTML, table border or link that it may contain takes effect. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
    .replace(/[\\`*_[\]|#!~]/g, (sign) => `\\${sign}`);
}
