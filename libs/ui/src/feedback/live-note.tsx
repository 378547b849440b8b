export interface LiveNoteProps {
  readonly live: boolean;
  /** Why not, in words; the default says that the connection is lost and being tried again. */
  readonly reason?: string;
  readonly className?: string;
}

/** Whether the page hears of changes as they happen. */
export function LiveNote({ live, reason, className = '' }: LiveNoteProps) {
  return (
    <span className={`m-live ${live ? 'm-live--on' : 'm-live--off'} ${className}`} role="status">
      <svg className="m-glyph" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        {live ? <circle className="m-live__dot" cx="8" cy="8" r="4" /> : <path d="M8 2v7M8 12v2" />}
      </svg>
      {live ? 'live' : (reason ?? 'connection lost, trying again')}
    </span>
  );
}
