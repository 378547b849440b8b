import { problem } from '../problem/problem.js';
import type { ConfirmOutcome, DownloadParts } from './downloads.js';
import { openTicket } from './ticket.js';

/** An opaque name, such as 128 random bits in hexadecimal digits. */
const maxClientCharacters = 200;

export async function confirmDownload(
  { catalogue, urls, clock }: Pick<DownloadParts, 'catalogue' | 'urls' | 'clock'>,
  sealed: string,
  client: { readonly id: string; readonly ci: boolean },
): Promise<ConfirmOutcome> {
  const at = clock();
  const ticket = openTicket(urls, sealed, at);
  if (!ticket)
    return problem(
      'TICKET_INVALID',
      'This ticket has expired or was not given by this registry; take the one that came with the download.',
    );
  if (client.id.length === 0 || client.id.length > maxClientCharacters)
    return problem(
      'USAGE',
      `The name of the client has ${client.id.length} characters; give 1 to ${maxClientCharacters}.`,
    );
  // A build machine pulls a hundred times a day and is nobody's user.
  if (client.ci) return { kind: 'counted', first: false };
  return { kind: 'counted', first: await catalogue.countUse({ ...ticket, client: client.id, at }) };
}
