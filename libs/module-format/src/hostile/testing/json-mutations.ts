import type { Chance } from './chance.js';
import type { Mutation } from './mutation.js';

type Change = (lines: readonly string[], chance: Chance) => { text: string; outcome: Mutation['outcome'] };

const values = [
  ...[
    'null',
    'true',
    '0',
    '-0',
    '-1',
    '0.5',
    '2',
    '1e3',
    '1e-7',
    '1e999',
    '9007199254740993',
    '1099511627777',
  ],
  ...['""', '"a"', '"\\ud800"', '"\\u0000"', '[]', '[0]', '[[]]', '{}', '{"a":0}', '{"__proto__":0}'],
  ...[
    'NaN',
    '01',
    "'a'",
    `"${'x'.repeat(3000)}"`,
    `${'['.repeat(200)}${']'.repeat(200)}`,
    '"2026-02-30T00:00:00Z"',
  ],
];

/** Each would reach beyond the folder, hide in it, be a device or clash with another file somewhere. */
const paths = [
  ...[
    '../module.json',
    'a/../../b',
    '/etc/passwd',
    'C:\\\\autoexec.bat',
    'C:/x',
    'a\\\\b',
    '.git/hooks/pre-commit',
    './a',
  ],
  ...[
    'a//b',
    'a/',
    '',
    '.',
    'nul',
    'aux.json',
    'a\\u0000.json',
    'a\\n',
    'a ',
    'a.',
    'ＲＥＡＤＭＥ.md',
    'package.moda.json',
  ],
  ...['x'.repeat(201), 'module.json/x', 'MODULE.json'],
];

/** Line numbers with a key; canonical JSON has one a line. */
const keyed = (lines: readonly string[]) =>
  lines.flatMap((line, at) => (/^ *"[^"]+": /.test(line) ? [at] : []));

const replaceLine = (lines: readonly string[], at: number, line: string) =>
  [...lines.slice(0, at), line, ...lines.slice(at + 1)].join('\n');

const changes: Readonly<Record<string, Change>> = {
  'another value': (lines, chance) => {
    const at = chance.nat(lines.length);
    const comma = lines[at]!.endsWith(',') ? ',' : '';
    const start = /^ *(?:"[^"]+": )?/.exec(lines[at]!)![0];
    return { text: replaceLine(lines, at, start + chance.pick(values) + comma), outcome: 'as it reads' };
  },
  'a key twice': (lines, chance) => {
    const at = chance.pick(keyed(lines));
    const key = /"[^"]+"/.exec(lines[at]!)![0];
    const spelled = chance.pick([key, `"\\u00${key.charCodeAt(1).toString(16)}${key.slice(2)}`]);
    return {
      text: replaceLine(lines, at, `${spelled}: ${chance.pick(['null', '0'])},\n${lines[at]!}`),
      outcome: 'refused',
    };
  },
  'an unknown key': (lines, chance) => {
    const at = chance.pick(keyed(lines));
    const key = chance.pick(['x', '__proto__', 'constructor', '', 'Digest']);
    return { text: replaceLine(lines, at, `"${key}": 0,\n${lines[at]!}`), outcome: 'as it reads' };
  },
  'a key less': (lines, chance) => ({
    text: replaceLine(lines, chance.pick(keyed(lines)), ''),
    outcome: 'as it reads',
  }),
  'another key': (lines, chance) => {
    const at = chance.pick(keyed(lines));
    return { text: replaceLine(lines, at, lines[at]!.replace(/"[^"]+"/, '"x"')), outcome: 'as it reads' };
  },
  'a line twice': (lines, chance) => {
    const at = chance.nat(lines.length);
    return { text: replaceLine(lines, at, `${lines[at]!}\n${lines[at]!}`), outcome: 'as it reads' };
  },
  'two lines exchanged': (lines, chance) => {
    const at = chance.nat(lines.length - 1);
    return {
      text: [...lines.slice(0, at), lines[at + 1]!, lines[at]!, ...lines.slice(at + 2)].join('\n'),
      outcome: 'as it reads',
    };
  },
  'another digit': (lines, chance) => {
    const text = lines.join('\n');
    const digits = [...text.matchAll(/[0-9a-f]/g)].map(({ index }) => index);
    const at = chance.pick(digits);
    return {
      text: text.slice(0, at) + chance.nat(16).toString(16) + text.slice(at + 1),
      outcome: 'as it reads',
    };
  },
  'spaces between its values': (lines, chance) => ({
    text: lines.map((line) => ' '.repeat(chance.nat(3)) + line).join(chance.pick(['\n', '\r\n', ' '])),
    outcome: 'as it reads',
  }),
  'a newer version': (lines) => ({
    text: lines.join('\n').replace('"formatVersion": 1', '"formatVersion": 2'),
    outcome: 'refused',
  }),
};

const names = Object.keys(changes);

export function jsonMutation(bytes: Uint8Array, chance: Chance): Mutation {
  const what = chance.pick(names);
  const { text, outcome } = changes[what]!(new TextDecoder().decode(bytes).split('\n'), chance);
  return { what, bytes: new TextEncoder().encode(text), outcome };
}

/** A package whose first file has a place that it must not have. */
export function pathMutation(bytes: Uint8Array, chance: Chance): Mutation {
  const path = chance.pick(paths);
  const text = new TextDecoder().decode(bytes).replace(/"path": "[^"]*"/, `"path": "${path}"`);
  return { what: `the path ${path}`, bytes: new TextEncoder().encode(text), outcome: 'refused' };
}
