'use client';
import type { LinkComponentProps } from '@moda/ui';
import Link from 'next/link';

/** Links inside the app change the page without loading it anew. A table of hundreds of links asks for none of them before it is wanted. */
export function RouterLink(props: LinkComponentProps) {
  return <Link {...props} prefetch={false} />;
}
