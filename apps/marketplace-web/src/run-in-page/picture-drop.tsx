'use client';

import { useId, useState } from 'react';

export interface PictureDropProps {
  readonly onFile: (file: Blob, name: string) => void;
}

/** A picture from a file: chosen, dropped or pasted. */
export function PictureDrop({ onFile }: PictureDropProps) {
  const [isOver, setOver] = useState(false);
  const id = useId();
  const take = (file: File | undefined) => {
    if (file !== undefined) onFile(file, file.name);
  };
  return (
    <div
      className={`m-drop ${isOver ? 'm-drop--over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <label className="m-drop__label" htmlFor={id}>
        Drop a picture here, paste one, or choose a file.
      </label>
      <input
        id={id}
        type="file"
        accept="image/*"
        className="m-drop__file"
        onChange={(event) => take(event.target.files?.[0])}
      />
    </div>
  );
}
