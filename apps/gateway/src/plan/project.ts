import type { FieldShape, ObjectShape, ValueShape } from './shape.js';

/** An object as services gave it, keyed as the caller calls its fields. */
export type Part = Record<string, unknown>;

export type Path = readonly (string | number)[];

/** Told of a value that is missing where the schema promises one. */
export type OnMissing = (object: Part, type: string, field: string, path: Path) => void;

/** Stands for a null that the place cannot hold: what is around it becomes null. */
const broken = Symbol('broken');

/**
 * Brings what services gave into the form that was asked for: these fields and no others, in this order. A null where the schema has none
 * makes what is around it null, up to the nearest place that can be.
 * @returns null where that reaches the root
 */
export function project(data: Part, shape: ObjectShape, type: string, onMissing: OnMissing): Part | null {
  const path: (string | number)[] = [];

  const ofObject = (object: Part, fields: readonly FieldShape[], name: string): Part | typeof broken => {
    const result: Part = {};
    for (const { key, value, name: field } of fields) {
      if (value.kind === 'typename') {
        result[key] = name;
        continue;
      }
      const given = object[key];
      if (value.kind === 'leaf' && given != null && typeof given !== 'function') {
        result[key] = given;
        continue;
      }
      path.push(key);
      const projected = ofValue(given, value);
      if (projected === broken) {
        // A value that is there was told of by what is within it.
        if (given == null) onMissing(object, name, field, [...path]);
        return broken;
      }
      path.pop();
      result[key] = projected;
    }
    return result;
  };

  const ofValue = (given: unknown, value: ValueShape): unknown => {
    // A field may be called as a method of every object is.
    const projected = given == null || typeof given === 'function' ? null : ofGiven(given, value);
    const isNull = projected === null || projected === broken;
    return isNull && value.nonNull ? broken : projected === broken ? null : projected;
  };

  /** A value of another form than the schema promises counts as none. */
  const ofGiven = (given: unknown, value: ValueShape): unknown => {
    if (value.kind === 'leaf' || value.kind === 'typename') return given;
    if (value.kind === 'list') return Array.isArray(given) ? ofList(given, value.of) : null;
    if (typeof given !== 'object') return null;
    const object = given as Part;
    const name = value.shape.type ?? object['__typename'];
    if (typeof name !== 'string') return null;
    const depth = path.length;
    const projected = ofObject(object, value.shape.fieldsOf(name), name);
    path.length = depth;
    return projected;
  };

  const ofList = (list: readonly unknown[], of: ValueShape): unknown => {
    const result: unknown[] = [];
    for (let index = 0; index < list.length; index += 1) {
      path.push(index);
      const projected = ofValue(list[index], of);
      path.pop();
      if (projected === broken) return broken;
      result.push(projected);
    }
    return result;
  };

  const projected = ofObject(data, shape.fieldsOf(type), type);
  return projected === broken ? null : projected;
}
