import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** @type {import('next').NextConfig} */
const config = {
  outputFileTracingRoot: root,
  turbopack: { root },
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // Where browsers look that were told of no icon yet.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  // Checked by the type-aware lint and by the build of the workspace, once and not twice.
  typescript: { ignoreBuildErrors: true },
};

export default config;
