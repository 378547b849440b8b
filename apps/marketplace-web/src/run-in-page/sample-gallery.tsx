'use client';

import type { SampleImages } from '@moda/module-format';
import { InputImage } from './input-image';

export interface SampleGalleryProps {
  readonly samples: SampleImages;
  /** Names of all classes of the parent. */
  readonly classNames: readonly string[];
  /** Output positions in the parent that the composition answers. */
  readonly kept: readonly number[];
  readonly chosen: number | undefined;
  readonly onChoose: (sample: number) => void;
}

/** The images that come with a model: those of the composition's classes first, then those that it has no answer for. */
export function SampleGallery({ samples, classNames, kept, chosen, onChoose }: SampleGalleryProps) {
  const all = Array.from({ length: samples.count }, (_, sample) => sample);
  const isKept = (sample: number) => kept.includes(samples.labels[sample] ?? -1);
  const groups = [
    { title: 'Of these classes', members: all.filter(isKept) },
    { title: 'Of other classes', members: all.filter((sample) => !isKept(sample)) },
  ];
  const pixels = samples.height * samples.width * samples.channels;
  return (
    <div className="m-samples">
      {groups
        .filter(({ members }) => members.length > 0)
        .map(({ title, members }) => (
          <fieldset key={title} className="m-samples__group">
            <legend>{title}</legend>
            <div className="m-samples__row">
              {members.map((sample) => (
                <button
                  key={sample}
                  type="button"
                  className="m-sample"
                  aria-pressed={sample === chosen}
                  aria-label={`Sample ${sample + 1}, class ${nameOf(samples, sample, classNames)}`}
                  onClick={() => onChoose(sample)}
                >
                  <InputImage
                    values={samples.images.subarray(sample * pixels, (sample + 1) * pixels)}
                    height={samples.height}
                    width={samples.width}
                    channels={samples.channels}
                    label=""
                  />
                </button>
              ))}
            </div>
          </fieldset>
        ))}
    </div>
  );
}

function nameOf({ labels }: SampleImages, sample: number, classNames: readonly string[]): string {
  const label = labels[sample] ?? -1;
  return classNames[label] ?? String(label);
}
