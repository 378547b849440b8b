#!/usr/bin/env node
// What an image of a family has below /moda, and no more: the built projects of its programs and the packages that these need.
//
//   node infra/docker/root-file-system.mjs services|gpu|web <folder> [--without-native]
//
// Run in a clone that is set up and built. Nothing is fetched and nothing is built here, so the outcome follows from the lock file.
// --without-native leaves native TensorFlow out: a test on a machine without a GPU has not the libraries that the image gets.
import { chmod, constants, cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The projects whose programs are in an image. */
const families = {
  services: ['apps/gateway', 'apps/training', 'apps/registry', 'apps/cli'],
  gpu: ['apps/training', 'apps/cli'],
  web: ['apps/experiments-web', 'apps/marketplace-web'],
};

const nativeTensorFlow = '@tensorflow/tfjs-node-gpu';

/** What a project has that runs; sources, specs and caches stay behind. */
const kept = [
  'package.json',
  'bin',
  'dist',
  'migrations',
  'public',
  '.next',
  'next.config.mjs',
  'trusted-documents.json',
  'supergraph.graphql',
];

/** What the framework keeps for its next build, and what a server for development has left. */
const ofDevelopment = [join('.next', 'cache'), join('.next', 'dev')];

const [family = '', target, without] = process.argv.slice(2);
const projects = families[family];
if (projects === undefined || target === undefined || ![undefined, '--without-native'].includes(without)) {
  process.stderr.write(
    `Usage: node infra/docker/root-file-system.mjs ${Object.keys(families).join('|')} <folder> [--without-native]\n`,
  );
  process.exit(2);
}
// Pages compute in the browser: what the web apps share with the services names native TensorFlow and never loads it there.
const leftOut = family === 'web' || without !== undefined ? [nativeTensorFlow] : [];

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
      if (leftOut.includes(name)) continue;
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
  const names = isOurs ? await keptOf(from) : await readdir(from);
  for (const name of names)
    // Packages within are copied by themselves, where they are needed.
    if (name !== 'node_modules')
      await cp(join(from, name), join(to, name), {
        recursive: true,
        // The libraries of TensorFlow are links into a cache that no image has.
        dereference: true,
        // Where the file system can, a copy takes no room until somebody writes to it.
        mode: constants.COPYFILE_FICLONE,
        filter: (source) => !source.endsWith('.map') && !ofDevelopment.some((part) => source.includes(part)),
      });
  if (isOurs) await linkFor(from, to);
}

/** Projects in plain JavaScript are not built: they are run from their sources. */
async function keptOf(folder) {
  const plain = existsSync(join(folder, 'src', 'index.mjs'))
    ? (await readdir(join(folder, 'src'))).filter((name) => /\.[cm]js$/.test(name))
    : [];
  return [...kept, ...plain.map((name) => join('src', name))].filter((name) =>
    existsSync(join(folder, name)),
  );
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
