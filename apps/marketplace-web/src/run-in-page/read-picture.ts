import type { Pixels } from '@moda/page-runtime/images';

/** A file that a browser can show, at most so large: a photograph of a phone has a tenth of it. */
const maxFileBytes = 50 * 1024 * 1024;

/** Larger pictures are drawn smaller at once: a network looks at some thousand pixels. */
const maxSide = 1024;

/** A picture that cannot be looked at; one sentence. */
export class PictureUnreadable extends Error {
  override readonly name = 'PictureUnreadable';
  readonly code = 'INPUT_SHAPE';
}

/**
 * The pixels of an image file, as the browser decodes it; nothing is sent anywhere.
 *
 * @throws PictureUnreadable
 */
export async function readPicture(file: Blob): Promise<Pixels> {
  if (file.size > maxFileBytes)
    throw new PictureUnreadable('The picture is larger than 50 MB; choose a smaller one.');
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new PictureUnreadable(
      'This is no picture that the browser can read; choose a PNG, JPEG or WebP file.',
    );
  }
  try {
    return pixelsOf(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/** The pixels of whatever a canvas can draw, its longer side at most 1024. */
export function pixelsOf(source: CanvasImageSource, width: number, height: number): Pixels {
  const scale = Math.min(1, maxSide / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new PictureUnreadable('This browser gives no canvas; try another browser.');
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
