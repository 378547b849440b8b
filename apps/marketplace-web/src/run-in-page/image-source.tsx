'use client';

import type { Pixels } from '@moda/page-runtime/images';
import { Segments } from '@moda/ui';
import { useCallback, useState } from 'react';
import type { CompositionFacts } from '../compose/compose-in-page';
import type { SampleImages } from '@moda/module-format';
import { Camera } from './camera';
import { DrawPad } from './draw-pad';
import { inputOf, isDigits } from './image-input';
import { PictureDrop } from './picture-drop';
import { readPicture } from './read-picture';
import { SampleGallery } from './sample-gallery';
import type { Part, ShownImage } from './trial-state';
import { valueOf } from './trial-state';
import { usePastedPicture } from './use-pasted-picture';

export interface ImageSourceProps {
  readonly facts: CompositionFacts;
  readonly samples: Part<SampleImages | undefined>;
  readonly onImage: (image: ShownImage) => void;
  readonly onClear: () => void;
}

type Source = 'draw' | 'samples' | 'picture' | 'camera';

const titles: Readonly<Record<Source, string>> = {
  draw: 'Draw',
  samples: 'Samples',
  picture: 'Picture',
  camera: 'Camera',
};

/** Where an image comes from. Whatever it is, it stays in this page. */
export function ImageSource({ facts, samples, onImage, onClear }: ImageSourceProps) {
  const [source, setSource] = useState<Source>(isDigits(facts.dataset) ? 'draw' : 'samples');
  const [sample, setSample] = useState<number>();
  const [problem, setProblem] = useState<string>();

  const takePixels = useCallback(
    (pixels: Pixels, title: string) => {
      const plane = inputOf(pixels, facts.input, facts.dataset);
      setSample(undefined);
      setProblem(
        plane === undefined ? 'Nothing is written there; draw larger or with more contrast.' : undefined,
      );
      if (plane !== undefined) onImage({ title, values: plane.data, label: undefined });
    },
    [facts, onImage],
  );
  const takeFile = useCallback(
    (file: Blob, title = 'Pasted picture') => {
      readPicture(file).then(
        (pixels) => takePixels(pixels, title),
        (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
      );
    },
    [takePixels],
  );
  const takeFrame = useCallback((pixels: Pixels) => takePixels(pixels, 'Camera picture'), [takePixels]);
  usePastedPicture(takeFile);

  return (
    <div className="m-stack m-stack--tight">
      <Segments
        label="Image from"
        value={source}
        onChange={setSource}
        options={(Object.keys(titles) as Source[]).map((value) => ({ value, label: titles[value] }))}
      />
      <div className="m-try-source">
        {source === 'draw' && (
          <DrawPad
            onDraw={(pixels) => takePixels(pixels, 'Your drawing')}
            onClear={() => {
              setProblem(undefined);
              onClear();
            }}
          />
        )}
        {source === 'samples' && (
          <SamplePart
            facts={facts}
            samples={samples}
            chosen={sample}
            onChoose={(chosen, images) => {
              const pixels = images.height * images.width * images.channels;
              setSample(chosen);
              setProblem(undefined);
              onImage({
                title: `Sample ${chosen + 1}`,
                values: images.images.subarray(chosen * pixels, (chosen + 1) * pixels),
                label: images.labels[chosen],
              });
            }}
          />
        )}
        {source === 'picture' && <PictureDrop onFile={takeFile} />}
        {source === 'camera' && <Camera onPicture={takeFrame} />}
      </div>
      <p className="m-try-problem" role="status">
        {problem}
      </p>
    </div>
  );
}

function SamplePart({
  facts,
  samples,
  chosen,
  onChoose,
}: {
  readonly facts: CompositionFacts;
  readonly samples: Part<SampleImages | undefined>;
  readonly chosen: number | undefined;
  readonly onChoose: (sample: number, samples: SampleImages) => void;
}) {
  if (samples.kind === 'waiting') return <p className="m-muted">The sample images are on their way.</p>;
  if (samples.kind === 'failed') return <p className="m-muted">{samples.failure.message}</p>;
  const images = valueOf(samples);
  if (images === undefined)
    return (
      <p className="m-muted">
        This version was published without sample images. Draw, drop or paste one, or choose a file.
      </p>
    );
  return (
    <SampleGallery
      samples={images}
      classNames={facts.parentClasses}
      kept={facts.classes.map(({ index }) => index)}
      chosen={chosen}
      onChoose={(sample) => onChoose(sample, images)}
    />
  );
}
