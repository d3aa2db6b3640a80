import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { SerialPort } from 'serialport';

/** A place where a device may be. */
export interface CandidatePort {
  path: string;
  /** What the cable says of itself. */
  maker: string;
  /** `forbidden`: the user of the kiosk may not open it. */
  access: 'open' | 'forbidden' | 'missing';
}

/** What serialport lists; its own type comes from a package that is not here. */
interface ListedPort {
  path: string;
  manufacturer?: string;
}

/** Serial ports of this machine. Without udev only those are found that a USB device makes. */
export async function listPorts(): Promise<CandidatePort[]> {
  try {
    const ports = (await SerialPort.list()) as unknown as readonly ListedPort[];
    return ports.map(({ path, manufacturer }) => candidate(path, manufacturer));
  } catch {
    const names = readdirSync('/dev').filter((name) => /^tty(USB|ACM)\d+$/.test(name));
    return names.sort().map((name) => candidate(join('/dev', name)));
  }
}

/** A port that was named by hand. */
export function candidate(path: string, maker = ''): CandidatePort {
  return { path, maker, access: accessTo(path) };
}

function accessTo(path: string): CandidatePort['access'] {
  if (!existsSync(path)) return 'missing';
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return 'open';
  } catch {
    return 'forbidden';
  }
}
