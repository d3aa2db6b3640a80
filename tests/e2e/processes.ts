import { readFileSync, readdirSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
  command: string;
}

function allProcesses(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid: Number(name), parent: Number(fields[1]), command }];
    } catch {
      return []; // ended while we looked
    }
  });
}

/** This process and all that descend from it. */
export function processTree(root: number): Process[] {
  const all = allProcesses();
  const tree = all.filter(({ pid }) => pid === root);
  for (const member of tree) tree.push(...all.filter(({ parent }) => parent === member.pid));
  return tree;
}

/** Resident memory of a process in MiB, and its share once pages used by several processes are divided among them. */
function memoryOf(pid: number): { rss: number; pss: number } | undefined {
  let rollup: string;
  try {
    rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  } catch {
    return undefined; // ended while we looked
  }
  const mib = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) / 1024;
  return { rss: mib('Rss'), pss: mib('Pss') };
}

/** What a process and all that descend from it hold together, in MiB. */
export function memoryOfTree(root: number): { processes: number; rss: number; pss: number } {
  const members = processTree(root).flatMap(({ pid }) => memoryOf(pid) ?? []);
  const total = (kind: 'rss' | 'pss') => members.reduce((sum, member) => sum + member[kind], 0);
  return { processes: members.length, rss: total('rss'), pss: total('pss') };
}
