'use client';

import type { LinkComponentProps } from '@moda/ui';
import Link from 'next/link';

/** A link of the parts that stays within this app. Nothing is fetched ahead: a list has hundreds of links. */
export function RouterLink(props: LinkComponentProps) {
  return <Link prefetch={false} {...props} />;
}
