import { expect, it } from 'vitest';

import { recordingLog } from '../../tests/contract/devices.samples.ts';
import { DocumentPrinter } from './index.ts';
import { jobsIn, queuesIn } from './lpstat.ts';
import { cupsPrograms } from './programs.ts';

it('lives on a machine without CUPS', async () => {
  const run = cupsPrograms('/nowhere');
  const printer = new DocumentPrinter({ queue: 'a4', run, log: recordingLog() });
  expect(await printer.status()).toEqual({ state: 'absent' });
  expect(await printer.print(Buffer.from('%PDF'), { title: 'x' })).toEqual({
    kind: 'not_started',
    reason: 'absent',
  });
});

it('reads what lpstat says of queues', () => {
  const said = `printer a4 is idle.  enabled since Mon Jun  1 08:00:00 2026
printer hall now printing hall-12.  enabled since Mon Jun  1 08:00:00 2026
printer old disabled since Mon Jun  1 08:00:00 2026 -
\tUnable to locate printer "disabled since".
`;
  expect(queuesIn(said)).toEqual([
    { name: 'a4', stopped: false },
    { name: 'hall', stopped: false },
    { name: 'old', stopped: true },
  ]);
});

it('reads what lpstat says of jobs, and takes no job for another whose number begins alike', () => {
  const said = `a4-7                    kiosk             1024   Mon Jun  1 08:00:00 2026
\tStatus: printing page 1
\tAlerts: job-printing
\tqueued for a4
a4-70                   kiosk             1024   Mon Jun  1 08:00:00 2026
\tAlerts: job-hold-until-specified
`;
  expect(jobsIn(said)).toEqual([
    { name: 'a4-7', alerts: 'job-printing' },
    { name: 'a4-70', alerts: 'job-hold-until-specified' },
  ]);
  expect(jobsIn('')).toEqual([]);
});
