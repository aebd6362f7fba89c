// Fails the build where the page has grown beyond its limit: 2 MB compressed, fonts not counted.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 2_000_000;

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const counted = files('dist').filter((path) => !/\.(woff2?|ttf)$/.test(path));
const bytes = counted.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);
console.log(`page: ${(bytes / 1000).toFixed(0)} kB compressed without fonts (limit ${LIMIT_BYTES / 1000} kB)`);
if (bytes > LIMIT_BYTES) process.exit(1);
