import { colourChannels } from './colour-channels.js';
import { cropped, type InputShape } from './photo-input.js';
import type { Pixels, Plane } from './pixels.js';
import { resizeBilinear } from './resize-bilinear.js';

/** MNIST's images: the digit within 20x20, its centre of mass in the middle of 28x28. */
const digitSide = 20;
const fieldSide = 28;

/** Ink below this share of the darkest is paper: shadows, grain, the edges of a pen. */
const faintest = 0.2;

/** An image whose ink and paper differ by less (of 255) has nothing written on it. */
const leastContrast = 24;

/**
 * A written digit as the data set shows digits: white on black, scaled into 20x20, its centre of mass in the middle of 28x28, black
 * around up to the size of the model's input. Dark ink on light paper and light ink on dark paper both do: the border tells.
 *
 * @param shape at least 28x28 and one channel, or of any size: then the field is resized to it
 * @returns values 0..255, `[height, width, channels]`; undefined where nothing is written
 */
export function digitInput(pixels: Pixels, shape: InputShape): Plane | undefined {
  const ink = inkOf(colourChannels(pixels, 1));
  if (ink === undefined) return undefined;
  const box = boundingBox(ink);
  const scale = digitSide / Math.max(box.width, box.height);
  const digit = resizeBilinear(
    cropped(ink, box),
    Math.max(1, Math.round(box.width * scale)),
    Math.max(1, Math.round(box.height * scale)),
  );
  const field = centredByMass(withFullInk(digit));
  const placed =
    shape.width >= fieldSide && shape.height >= fieldSide
      ? placedOnBlack(field, shape.width, shape.height, {
          left: Math.floor((shape.width - fieldSide) / 2),
          top: Math.floor((shape.height - fieldSide) / 2),
        })
      : resizeBilinear(field, shape.width, shape.height);
  return inEveryChannel(placed, shape.channels);
}

/** How much ink is where, 0..255, paper 0; undefined where there is none. */
function inkOf({ width, height, data }: Plane): Plane | undefined {
  const paper = borderBrightness(width, height, data);
  const distances = data.map((value) => (paper > 127 ? paper - value : value - paper));
  const most = distances.reduce((largest, value) => Math.max(largest, value), 0);
  if (most < leastContrast) return undefined;
  const ink = distances.map((distance) => (distance < faintest * most ? 0 : (255 * distance) / most));
  return { width, height, channels: 1, data: ink };
}

/** The median of the outermost pixels, which a stroke that touches the border does not move. */
function borderBrightness(width: number, height: number, data: Float32Array): number {
  const border: number[] = [];
  for (let x = 0; x < width; x++) border.push(data[x]!, data[(height - 1) * width + x]!);
  for (let y = 0; y < height; y++) border.push(data[y * width]!, data[y * width + width - 1]!);
  border.sort((a, b) => a - b);
  return border[Math.floor(border.length / 2)]!;
}

function boundingBox({ width, height, data }: Plane) {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Thin lines grow pale when they shrink; the data set's are white. */
function withFullInk(plane: Plane): Plane {
  const most = plane.data.reduce((largest, value) => Math.max(largest, value), 0);
  return most === 0 ? plane : { ...plane, data: plane.data.map((value) => (255 * value) / most) };
}

function centredByMass(digit: Plane): Plane {
  let [mass, massX, massY] = [0, 0, 0];
  digit.data.forEach((value, place) => {
    mass += value;
    massX += value * ((place % digit.width) + 0.5);
    massY += value * (Math.floor(place / digit.width) + 0.5);
  });
  return placedOnBlack(digit, fieldSide, fieldSide, {
    left: Math.round(fieldSide / 2 - massX / mass),
    top: Math.round(fieldSide / 2 - massY / mass),
  });
}

/** An image of one channel on a larger, black one; what does not fit is left out. */
function placedOnBlack(
  image: Plane,
  width: number,
  height: number,
  { left, top }: { readonly left: number; readonly top: number },
): Plane {
  const data = new Float32Array(width * height);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const [toX, toY] = [left + x, top + y];
      if (toX >= 0 && toX < width && toY >= 0 && toY < height)
        data[toY * width + toX] = image.data[y * image.width + x]!;
    }
  }
  return { width, height, channels: 1, data };
}

function inEveryChannel(plane: Plane, channels: number): Plane {
  if (channels === 1) return plane;
  const data = new Float32Array(plane.data.length * channels);
  for (let i = 0; i < data.length; i++) data[i] = plane.data[Math.floor(i / channels)]!;
  return { ...plane, channels, data };
}
