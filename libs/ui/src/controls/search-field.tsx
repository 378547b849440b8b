'use client';

import { useEffect, useId, useRef } from 'react';
import { isTyping } from '../keyboard/is-typing.js';
import { keyFor } from '../keyboard/stored-keys.js';

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The key that brings the focus here from anywhere on the page: "/". */
  readonly shortcut?: string;
  readonly placeholder?: string;
  readonly name?: string;
  readonly className?: string;
  /** Enter was pressed. */
  readonly onSubmit?: (value: string) => void;
}

/** A search field that its key finds. */
export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, shortcut, placeholder, name, className = '', onSubmit } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!shortcut) return;
    const focus = (event: KeyboardEvent) => {
      if (
        event.key !== keyFor(shortcut) ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target)
      )
        return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, [shortcut]);
  return (
    <div className={`m-search ${className}`} role="search">
      <label className="m-visually-hidden" htmlFor={id}>
        {label}
      </label>
      <svg className="m-search__icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="7" cy="7" r="4.5" />
        <path d="m10.5 10.5 4 4" />
      </svg>
      <input
        ref={input}
        id={id}
        className="m-input m-search__input"
        type="search"
        name={name}
        value={value}
        placeholder={placeholder ?? label}
        aria-keyshortcuts={shortcut}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onSubmit?.(value);
          if (event.key === 'Escape' && value === '') input.current?.blur();
        }}
      />
      {shortcut && (
        <kbd className="m-search__key" aria-hidden="true">
          {shortcut}
        </kbd>
      )}
    </div>
  );
}
