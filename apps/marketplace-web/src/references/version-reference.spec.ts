import { describe, expect, it } from 'vitest';
import {
  classesReference,
  modelHref,
  moduleHref,
  readVersionReference,
  versionHref,
  versionOfModule,
} from './version-reference';

describe('readVersionReference', () => {
  it('takes owner, model and version apart', () => {
    expect(readVersionReference('ada/digits@1.2.0')).toEqual({
      owner: 'ada',
      model: 'digits',
      version: '1.2.0',
    });
  });

  it.each(['ada/digits', 'digits@1.0.0', 'ada/digits/3@1.0.0', ''])(
    'knows that %j names no version',
    (text) => {
      expect(readVersionReference(text)).toBeUndefined();
    },
  );
});

describe('classesReference', () => {
  it('names one class or several', () => {
    expect(classesReference('ada/digits@1.0.0', ['3'])).toBe('ada/digits/3@1.0.0');
    expect(classesReference('ada/digits@1.0.0', ['3', '5'])).toBe('ada/digits/3,5@1.0.0');
  });

  it('names the whole model where no class is given', () => {
    expect(classesReference('ada/digits@1.0.0', [])).toBe('ada/digits@1.0.0');
  });

  it('writes characters that have a meaning there as the registry reads them', () => {
    expect(classesReference('ada/birds@1.0.0', ['owl, barn', 'a/b'])).toBe(
      'ada/birds/owl%2C barn,a%2Fb@1.0.0',
    );
  });
});

describe('addresses of pages', () => {
  it('name the version, and the threshold where one is chosen', () => {
    expect(moduleHref('ada/digits@1.0.0', '3')).toBe('/m/ada/digits/3?version=1.0.0');
    expect(moduleHref('ada/digits@1.0.0', '3', 0.5)).toBe('/m/ada/digits/3?version=1.0.0&tau=0.5');
    expect(versionHref('ada/digits@1.0.0')).toBe('/m/ada/digits?version=1.0.0');
  });

  it('lead to the newest version where none is named', () => {
    expect(modelHref({ owner: 'ada', model: 'digits' })).toBe('/m/ada/digits');
  });

  it('keep the name of a class in one part of the path', () => {
    expect(moduleHref('ada/signs@1.0.0', 'stop / all ways')).toBe(
      '/m/ada/signs/stop%20%2F%20all%20ways?version=1.0.0',
    );
  });
});

describe('versionOfModule', () => {
  it('leaves the class out', () => {
    expect(versionOfModule('ada/digits/3@1.0.0')).toBe('ada/digits@1.0.0');
    expect(versionOfModule('ada/digits@1.0.0')).toBe('ada/digits@1.0.0');
  });
});
