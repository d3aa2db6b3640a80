import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildSteps } from './bundle/steps.ts';
import { fingerprint, stampOf } from './bundle/unchanged.ts';

const help = `Builds what the kiosk runs from into build/; skips what has not changed.

  npm run build                     for development and tests
  npm run build -- --production     as it goes into a package: refuses debugging and --no-sandbox
  npm run build -- --force          builds everything again
`;

const { values } = parseArgs({
  options: {
    production: { type: 'boolean' },
    force: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  console.log(help);
} else {
  await buildAll(values.production === true, values.force === true);
}

async function buildAll(production: boolean, force: boolean): Promise<void> {
  const root = join(import.meta.dirname, '..');
  for (const step of buildSteps(production ? 'production' : 'development')) {
    const stamp = stampOf(join(root, 'build', 'stamps', step.outputs[0]?.replaceAll('/', '-') ?? step.name));
    const print = `${step.name} ${fingerprint(root, step.inputs)}`;
    if (!force && stamp.matches(print) && step.outputs.every((output) => existsSync(join(root, output)))) {
      console.log(`build: ${step.name}: unchanged`);
      continue;
    }
    const startedAt = performance.now();
    try {
      await step.run(root);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      console.error(
        `build: ${step.name}: FAILED\n${words}${/ENOSPC/.test(words) ? '\nThe disk is full: free some space and run it again.' : ''}`,
      );
      process.exitCode = 1;
      return;
    }
    stamp.write(print);
    console.log(`build: ${step.name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}
