import { describe, expect, it } from 'vitest';
import { box, grey } from '../testing/drawings.js';
import { digitInput } from './digit-input.js';
import type { Plane } from './pixels.js';

const model = { width: 32, height: 32, channels: 1 };
const sheet = { width: 100, height: 100 };
const onWhite = { paper: 255, pen: 0 };

/** First and last column and row with ink of at least half. */
function extent({ width, height, data }: Plane) {
  const columns: number[] = [];
  const rows: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (data[y * width + x]! >= 128) {
        columns.push(x);
        rows.push(y);
      }
  return {
    left: Math.min(...columns),
    right: Math.max(...columns),
    top: Math.min(...rows),
    bottom: Math.max(...rows),
  };
}

function centreOfMass({ width, data }: Plane) {
  let [mass, x, y] = [0, 0, 0];
  data.forEach((value, place) => {
    mass += value;
    x += value * ((place % width) + 0.5);
    y += value * (Math.floor(place / width) + 0.5);
  });
  return { x: x / mass, y: y / mass };
}

describe('a written digit as the data set shows digits', () => {
  it('is 20 pixels high, white on black, in the middle of the model input', () => {
    const stroke = box(sheet, { left: 3, top: 5, width: 20, height: 80 }, onWhite);
    const digit = digitInput(stroke, model)!;
    expect(digit).toMatchObject({ width: 32, height: 32, channels: 1 });
    expect(extent(digit)).toEqual({ left: 14, right: 18, top: 6, bottom: 25 });
    expect(digit.data[0]).toBe(0);
    expect(Math.max(...digit.data)).toBeCloseTo(255, 3);
  });

  it('is 20 pixels wide where it is wider than high', () => {
    const dash = box(sheet, { left: 10, top: 70, width: 60, height: 12 }, onWhite);
    expect(extent(digitInput(dash, model)!)).toEqual({ left: 6, right: 25, top: 14, bottom: 17 });
  });

  it('is the same in light ink on dark paper, and in pale ink', () => {
    const place = { left: 30, top: 10, width: 16, height: 64 };
    const expected = digitInput(box(sheet, place, onWhite), model);
    expect(digitInput(box(sheet, place, { paper: 0, pen: 255 }), model)).toEqual(expected);
    expect(digitInput(box(sheet, place, { paper: 200, pen: 120 }), model)).toEqual(expected);
  });

  it('is the same wherever on the paper it stands', () => {
    const at = (left: number, top: number) =>
      digitInput(box(sheet, { left, top, width: 16, height: 40 }, onWhite), model);
    expect(at(60, 2)).toEqual(at(5, 55));
  });

  it('has its centre of mass in the middle, within half a pixel', () => {
    // A heavy foot: the middle of its box is not the middle of its ink.
    const rows = Array.from({ length: 60 }, (_, y) =>
      Array.from({ length: 60 }, (_, x) => {
        const isStem = x >= 10 && x < 15 && y >= 10 && y < 50;
        const isFoot = x >= 10 && x < 40 && y >= 40 && y < 50;
        return isStem || isFoot ? 0 : 255;
      }),
    );
    const { x, y } = centreOfMass(digitInput(grey(rows), model)!);
    expect(Math.abs(x - 16)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(y - 16)).toBeLessThanOrEqual(0.5);
  });

  it('leaves out grain and shadows of the paper', () => {
    const clean = box(sheet, { left: 40, top: 20, width: 16, height: 60 }, onWhite);
    const grainy = { ...clean, data: clean.data.slice() };
    for (let pixel = 0; pixel < 100 * 100; pixel += 7)
      for (let channel = 0; channel < 3; channel++)
        grainy.data[4 * pixel + channel] = Math.max(0, grainy.data[4 * pixel + channel]! - 12);
    expect(extent(digitInput(grainy, model)!)).toEqual(extent(digitInput(clean, model)!));
  });

  it('fills what the model takes, small or in colours', () => {
    const stroke = box(sheet, { left: 40, top: 20, width: 20, height: 60 }, onWhite);
    expect(digitInput(stroke, { width: 28, height: 28, channels: 1 })!.data).toHaveLength(28 * 28);
    const small = digitInput(stroke, { width: 14, height: 14, channels: 1 })!;
    expect(extent(small).bottom - extent(small).top).toBe(9);
    const colours = digitInput(stroke, { ...model, channels: 3 })!;
    expect(colours.data).toHaveLength(32 * 32 * 3);
    const middle = 3 * (16 * 32 + 16);
    expect([...colours.data.subarray(middle, middle + 3)].map(Math.round)).toEqual([255, 255, 255]);
  });

  it('is nothing where nothing is written', () => {
    expect(digitInput(box(sheet, { left: 0, top: 0, width: 0, height: 0 }, onWhite), model)).toBeUndefined();
    const pale = box(sheet, { left: 10, top: 10, width: 20, height: 20 }, { paper: 255, pen: 240 });
    expect(digitInput(pale, model)).toBeUndefined();
  });
});
