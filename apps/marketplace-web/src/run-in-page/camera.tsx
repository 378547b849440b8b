'use client';

import type { Pixels } from '@moda/page-runtime/images';
import { Button } from '@moda/ui';
import { useEffect, useRef, useState } from 'react';
import { pixelsOf } from './read-picture';

export interface CameraProps {
  readonly onPicture: (pixels: Pixels) => void;
}

/** So often a picture is taken while the camera runs (ms). */
const everyMs = 250;

/** The camera, asked for on a press only and let go with the page. */
export function Camera({ onPicture }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [stream, setStream] = useState<MediaStream>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    const element = video.current;
    if (stream === undefined || element === null) return undefined;
    element.srcObject = stream;
    const timer = setInterval(() => {
      if (element.videoWidth > 0) onPicture(pixelsOf(element, element.videoWidth, element.videoHeight));
    }, everyMs);
    return () => clearInterval(timer);
  }, [stream, onPicture]);

  useEffect(
    () => () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    },
    [stream],
  );

  const open = async () => {
    const devices = (navigator as Partial<Navigator>).mediaDevices;
    if (devices === undefined)
      return setProblem('This page may not ask for a camera; open it over https or from this machine.');
    try {
      setStream(await devices.getUserMedia({ video: { facingMode: 'environment' }, audio: false }));
      setProblem(undefined);
    } catch {
      setProblem('The camera was refused or there is none; choose a sample or a picture.');
    }
  };

  return (
    <div className="m-camera">
      {stream === undefined ? (
        <Button onClick={() => void open()}>Turn the camera on</Button>
      ) : (
        <>
          <video
            ref={video}
            className="m-camera__picture"
            autoPlay
            playsInline
            muted
            aria-label="Camera picture"
          />
          <Button onClick={() => setStream(undefined)}>Turn the camera off</Button>
        </>
      )}
      <p className="m-drop__problem" role="status">
        {problem}
      </p>
    </div>
  );
}
