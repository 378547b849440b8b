import { formatDate } from '../quantity/format-date.js';

export interface DateTimeProps {
  /** RFC 3339; nothing is shown as a dash. */
  readonly value: string | null | undefined;
  readonly className?: string;
}

/** A moment, absolute and with its time zone. It is the same text on the server and in the page. */
export function DateTime({ value, className }: DateTimeProps) {
  if (value == null) return <span className={className}>–</span>;
  return (
    <time className={className} dateTime={value}>
      {formatDate(value)}
    </time>
  );
}
