#!/usr/bin/env node
// What an image of a family has below /moda, and no more: the built projects of its programs and the packages that these need.
//
//   node infra/docker/root-file-system.mjs services|gpu|web <folder>
//
// Run in a clone that is set up and built. Nothing is fetched and nothing is built here, so the outcome follows from the lock file.
import { chmod, cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The projects whose programs are in an image. */
const families = {
  services: ['apps/gateway', 'apps/training', 'apps/registry', 'apps/cli'],
  gpu: ['apps/training', 'apps/cli'],
  web: ['apps/experiments-web', 'apps/marketplace-web'],
};

/** Pages compute in the browser: what the web apps share with the services names native TensorFlow and never loads it there. */
const leftOut = { services: [], gpu: [], web: ['@tensorflow/tfjs-node-gpu'] };

/** What a project has that runs; sources, specs and caches stay behind. */
const kept = [
  'package.json',
  'bin',
  'dist',
  'migrations',
  'public',
  '.next',
  'src/index.mjs',
  'next.config.mjs',
  'trusted-documents.json',
  'supergraph.graphql',
];

const [family = '', target] = process.argv.slice(2);
const projects = families[family];
if (projects === undefined || target === undefined) {
  process.stderr.write(
    `Usage: node infra/docker/root-file-system.mjs ${Object.keys(families).join('|')} <folder>\n`,
  );
  process.exit(2);
}

const found = await closure(projects.map((project) => join(root, project)));
for (const folder of found) await copyPackage(folder, join(target, relative(root, folder)));
await writePrograms(
  projects.map((project) => join(root, project)),
  join(target, 'programs'),
);
process.stderr.write(`${found.length} packages in ${target}.\n`);

/** Folders of packages and of all that they need when they run, each once. */
async function closure(start) {
  const known = new Set();
  const open = [...start];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    if (known.has(folder)) continue;
    known.add(folder);
    const { dependencies, optionalDependencies, peerDependencies } = await manifestOf(folder);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      if (leftOut[family].includes(name)) continue;
      // One that is missing is optional, or of another system: `npm ci` has seen to the others.
      const place = placeOf(name, folder);
      if (place !== undefined) open.push(place);
    }
  }
  return [...known].sort();
}

/** As Node finds a package: in the nearest folder of packages upwards. Projects of ours are links to their folders. */
function placeOf(name, from) {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json')))
      return lstatSync(place).isSymbolicLink() ? realpathSync(place) : place;
  }
  return undefined;
}

async function copyPackage(from, to) {
  await mkdir(to, { recursive: true });
  const isOurs = !relative(root, from).split(sep).includes('node_modules');
  const names = isOurs ? kept.filter((name) => existsSync(join(from, name))) : await readdir(from);
  for (const name of names)
    // Packages within are copied by themselves, where they are needed.
    if (name !== 'node_modules')
      await cp(join(from, name), join(to, name), {
        recursive: true,
        // The libraries of TensorFlow are links into a cache that no image has.
        dereference: true,
        filter: (source) => !source.endsWith('.map') && !source.includes(join('.next', 'cache')),
      });
  if (isOurs) await linkFor(from, to);
}

/** Node finds a project of ours by its name: a package of one line stands for the link that npm has made. */
async function linkFor(from, to) {
  const { name } = await manifestOf(from);
  const link = join(target, 'node_modules', name);
  await mkdir(dirname(link), { recursive: true });
  if (!existsSync(link)) await symlink(relative(dirname(link), to), link);
}

/** Programs by their names, for PATH. */
async function writePrograms(folders, to) {
  await mkdir(to, { recursive: true });
  for (const folder of folders)
    for (const [name, file] of Object.entries((await manifestOf(folder)).bin ?? {})) {
      const path = join(to, basename(name));
      await writeFile(
        path,
        `#!/bin/sh\nexec node "\${0%/*}/../${relative(root, join(folder, file))}" "$@"\n`,
      );
      await chmod(path, 0o755);
    }
}

async function manifestOf(folder) {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
}
