/** A path of this site to go on to; anything that would lead elsewhere becomes the first page. */
export function localPath(text: string): string {
  if (!text.startsWith('/') || text.startsWith('//') || /[\\\p{Cc}]/u.test(text)) return '/';
  return text;
}
