import { createHash } from 'node:crypto';
import { ModaError } from '@moda/contracts';
import type { z } from 'zod';
import type { PageRequest } from './page.js';

const maxPageSize = 100;

/** A place in a list is a few numbers and names; what is longer is nobody's cursor. */
const maxCursorLength = 1000;

/** A list to page through: its places have a form, and a cursor of one list is no place in another. */
export class Cursors<Place> {
  private readonly list: string;

  /** @param list what the list shows: its kind and everything that was asked for */
  constructor(
    list: unknown,
    private readonly form: z.ZodType<Place>,
  ) {
    this.list = createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 8);
  }

  write(place: Place): string {
    return Buffer.from(JSON.stringify([this.list, place])).toString('base64url');
  }

  /**
   * Where a page begins; undefined for the first.
   *
   * @throws ModaError CURSOR_INVALID, PAGE_INVALID
   */
  read({ first, after }: PageRequest): Place | undefined {
    if (!Number.isInteger(first) || first < 1 || first > maxPageSize)
      throw new ModaError(
        'PAGE_INVALID',
        `A page of ${first} is not possible; ask for 1 to ${maxPageSize}.`,
        { first },
      );
    if (after === undefined) return undefined;
    const parsed = after.length <= maxCursorLength ? parse(after) : undefined;
    const place = this.form.safeParse(
      Array.isArray(parsed) && parsed[0] === this.list ? parsed[1] : undefined,
    );
    if (!place.success)
      throw new ModaError(
        'CURSOR_INVALID',
        'The cursor is not of this list; use one as a page of the same question gave it, or none to begin anew.',
      );
    return place.data;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
