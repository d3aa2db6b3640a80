import { describe, expect, it } from 'vitest';

import { profileOf } from '../../tests/contract/receipt-printer.samples.ts';
import { parsePrinterProfile, printerProfileNames, shippedPrinterProfile } from './index.ts';

describe('profiles', () => {
  it('ship complete', () => {
    expect(printerProfileNames).toContain('snbc-bt-t080');
    for (const name of printerProfileNames) expect(shippedPrinterProfile(name)).toMatchObject({ ok: true });
  });

  it('name a wrong key, a wrong value and an unknown name', () => {
    const good = profileOf('generic-80mm');
    expect(parsePrinterProfile({ ...good, papperMm: 80 })).toMatchObject({
      ok: false,
      failure: expect.stringContaining('papperMm'),
    });
    expect(parsePrinterProfile({ ...good, cut: 'axe' })).toMatchObject({
      ok: false,
      failure: expect.stringContaining('cut'),
    });
    expect(parsePrinterProfile({ ...good, presenter: 'fs-p' })).toMatchObject({
      ok: false,
      failure: expect.stringContaining('presenter'),
    });
    expect(shippedPrinterProfile('toString')).toMatchObject({
      ok: false,
      failure: expect.stringContaining('generic-58mm'),
    });
  });
});
