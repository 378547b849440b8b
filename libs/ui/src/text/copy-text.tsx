import { CopyButton } from './copy-button.js';

export interface CopyTextProps {
  readonly text: string;
  /** What the button does: "Copy the digest". */
  readonly label?: string;
  /** What is shown in place of the whole text, for instance a shortened digest. */
  readonly shown?: string;
  readonly className?: string;
}

/** An id, a digest or a command, with a button that copies it. */
export function CopyText({ text, label = 'Copy', shown, className = '' }: CopyTextProps) {
  return (
    <span className={`m-copy ${className}`}>
      <code className="m-copy__text" title={shown === undefined ? undefined : text}>
        {shown ?? text}
      </code>
      <CopyButton text={text} label={label} />
    </span>
  );
}
