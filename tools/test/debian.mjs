import { existsSync } from 'node:fs';

import { explain } from '../start/failure.mjs';
import { findProgram, runProgram } from '../start/programs.mjs';

/** What the tests need beside npm packages: how it is recognised, the Debian package, and what is skipped without it. */
const needs = [
  { program: 'xvfb-run', packages: ['xvfb', 'xauth'], without: 'all tests in a window' },
  { program: 'chromium', packages: ['chromium'], without: 'all tests in a window' },
  {
    program: 'chromium-headless-shell',
    packages: ['chromium-headless-shell'],
    without: 'no test; pages take the whole Chromium and twice the time',
  },
  { program: 'xdotool', packages: ['xdotool'], without: 'all tests in a window' },
  { program: 'openbox', packages: ['openbox'], without: 'window-manager shortcuts' },
  { program: 'socat', packages: ['socat'], without: 'devices on pseudo-terminals' },
  { program: 'xz', packages: ['xz-utils'], without: 'citations against the statute library' },
  { program: 'espeak-ng', packages: ['espeak-ng'], without: 'phonemes and sound of the real voice' },
  { program: 'python3', packages: ['python3'], without: 'the fault rig' },
  { program: 'dpkg-deb', packages: ['dpkg'], without: 'the .deb' },
  {
    file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    packages: ['fonts-noto-cjk'],
    without: 'readable screenshots',
  },
];

const isThere = ({ program, file }) => (program ? findProgram(program) !== undefined : existsSync(file));

/** Whether tests in a window can run. */
export const hasWindows = () =>
  ['xvfb-run', 'chromium', 'xdotool'].every((program) => findProgram(program) !== undefined);

/** Installs what is missing when it can, else says what to install and what is skipped. Throws a Failure when apt fails. */
export async function ensureDebianPackages() {
  const missing = needs.filter((need) => !isThere(need));
  if (missing.length === 0) return;
  const packages = missing.flatMap((need) => need.packages);
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) {
    console.log('Missing here, and this is not root with apt to install it:');
    for (const need of missing)
      console.log(`  ${need.packages.join(' ')}: without it skipped: ${need.without}`);
    console.log(`Install with: sudo apt-get install ${packages.join(' ')}`);
    return;
  }
  console.log(`debian: installing ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = async (...args) => {
    const { status, output } = await runProgram(`apt-get ${args[0]}`, 'apt-get', args, { env });
    if (status !== 0) throw explain(`apt-get ${args[0]}`, output);
  };
  await apt('update');
  await apt('install', '-y', '--no-install-recommends', ...packages);
}
