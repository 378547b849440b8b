import { Badge } from '@moda/ui';
import type { BadgeText } from './module-badges';

/** Badges side by side; nothing where there are none. */
export function BadgeRow({
  badges,
  className = '',
}: {
  readonly badges: readonly BadgeText[];
  readonly className?: string;
}) {
  if (badges.length === 0) return null;
  return (
    <span className={`m-badge-row ${className}`}>
      {badges.map(({ tone, text, title }) => (
        <Badge key={text} tone={tone} title={title}>
          {text}
        </Badge>
      ))}
    </span>
  );
}
