import { readFile } from 'node:fs/promises';
import { get as getPlain } from 'node:http';
import { get as getEncrypted, type RequestOptions } from 'node:https';

const requestTimeoutMs = 5_000;

/** Whether an address of this machine answers with 200 now. */
export async function answers(
  url: string,
  access: { readonly certificate?: string; readonly token?: string; readonly insecure?: boolean } = {},
): Promise<boolean> {
  const options: RequestOptions = { timeout: requestTimeoutMs, agent: false };
  if (access.token !== undefined) options.headers = { authorization: `Bearer ${access.token}` };
  // Where a program says nothing but that it is well, nobody need know who says it.
  if (access.insecure === true) options.rejectUnauthorized = false;
  if (access.certificate !== undefined) {
    // It is made by the server that starts.
    const certificate = await readFile(access.certificate, 'utf8').catch(() => undefined);
    if (certificate === undefined) return false;
    options.ca = certificate;
  }
  return new Promise((resolve) => {
    const request = (url.startsWith('https:') ? getEncrypted : getPlain)(url, options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
  });
}
