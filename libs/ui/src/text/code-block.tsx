import { CopyButton } from './copy-button.js';

export interface CodeBlockProps {
  readonly code: string;
  /** What it is: "Command", "TypeScript". */
  readonly label: string;
  readonly className?: string;
}

/** Lines of code or of a log, with a button that copies them. */
export function CodeBlock({ code, label, className = '' }: CodeBlockProps) {
  return (
    <figure className={`m-code ${className}`}>
      <figcaption className="m-code__head">
        <span>{label}</span>
        <CopyButton text={code} label={`Copy: ${label}`} />
      </figcaption>
      {/* Focusable, so that a keyboard can scroll long lines. */}
      <pre className="m-code__body" tabIndex={0} role="region" aria-label={label}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}
