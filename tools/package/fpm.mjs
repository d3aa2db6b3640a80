#!/usr/bin/env node
// Stands in for fpm, which electron-builder would download: builds the .deb with Debian's own dpkg-deb.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const depends = [];
const options = new Map();
const mappings = [];
const words = process.argv.slice(2);
const flags = new Set(['--force', '--no-depends', '--no-auto-depends', '--verbose', '--debug']);
while (words.length > 0) {
  const word = words.shift();
  if (word === '-d' || word === '--depends') depends.push(words.shift());
  else if (flags.has(word)) continue;
  else if (word.startsWith('-') && word.includes('=')) options.set(...word.split(/=(.*)/s, 2));
  else if (word.startsWith('-')) options.set(word, words.shift());
  else if (word.includes('=')) mappings.push(word.split('='));
}
const option = (...names) =>
  names.map((name) => options.get(name)).find((value) => value !== undefined) ?? '';

const stage = mkdtempSync(join(tmpdir(), 'kiosk-deb-'));
try {
  for (const [from, to] of mappings) {
    const target = join(stage, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from.replace(/\/$/, ''), target, { recursive: true, verbatimSymlinks: true });
  }
  const control = join(stage, 'DEBIAN');
  mkdirSync(control);
  chmodSync(stage, 0o755);
  for (const [script, name] of [
    ['--after-install', 'postinst'],
    ['--after-remove', 'postrm'],
  ]) {
    const file = option(script);
    if (file) writeFileSync(join(control, name), readFileSync(file), { mode: 0o755 });
  }
  const lines = [
    `Package: ${option('--name')}`,
    `Version: ${option('--version')}`,
    `Architecture: ${option('--architecture', '-a')}`,
    `Maintainer: ${option('--maintainer')}`,
    `Depends: ${depends.join(', ')}`,
    'Section: misc',
    'Priority: optional',
    `Description: ${option('--description').trim().split('\n').join('\n ')}`,
  ];
  writeFileSync(join(control, 'control'), `${lines.join('\n')}\n`);
  const target = option('--package', '-p');
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z3', '--build', stage, target], {
    stdio: 'inherit',
  });
} finally {
  rmSync(stage, { recursive: true, force: true });
}
