import { z } from 'zod';

import { failure, success } from '../../app/domain/result.ts';
import type { Result } from '../../app/domain/result.ts';
import customVkp80iii from './profiles/custom-vkp80iii.json' with { type: 'json' };
import epsonTmT88 from './profiles/epson-tm-t88.json' with { type: 'json' };
import generic58mm from './profiles/generic-58mm.json' with { type: 'json' };
import generic80mm from './profiles/generic-80mm.json' with { type: 'json' };
import masungMsEp from './profiles/masung-ms-ep.json' with { type: 'json' };
import snbcBtT080 from './profiles/snbc-bt-t080.json' with { type: 'json' };

/** All ways to have a code printed, the safest first. */
export const qrMethods = ['raster', 'gs-k', 'gs-k-31', 'masung', 'esc-z'] as const;
/** All ways to end a slip, the best known first. */
export const cutMethods = ['gs-v-66', 'gs-v-1', 'gs-v-0', 'esc-m', 'esc-i', 'fs-p', 'tear-bar'] as const;

const profileSchema = z
  .strictObject({
    name: z.string().min(1),
    paperMm: z.number().positive(),
    /** Printable dots per line, 8 to the millimetre. */
    dots: z.int().multipleOf(8).min(128).max(832),
    /** ASCII characters per line. */
    columns: z.int().min(16).max(64),
    /** Line feed in dots, 24 of them ink. */
    lineDots: z.int().min(24).max(64),
    /** Which characters the font of the printer holds; all others are drawn. */
    fontRom: z.enum(['ascii', 'gb2312', 'gbk']),
    /** Drawn by us, or by a command of the printer: which one differs (hardware.md 2.4). */
    qr: z.enum(qrMethods),
    qrModuleDots: z.int().min(3).max(12),
    /**
     * `gs-v-66`: feed to the cutter and cut partly. `gs-v-1`, `gs-v-0`: feed by lines, then cut partly or through; so do
     * `esc-m` and `esc-i`, which cuts which way differs. `fs-p`: cut and present.
     */
    cut: z.enum(cutMethods),
    /** Who holds the slip until it is taken, and how it is asked: Custom `fs-p` and `gs-e`, MASUNG `dle-eot-5`. */
    presenter: z.enum(['none', 'fs-p', 'gs-e', 'dle-eot-5']),
    /** How far the slip is pushed out of the mouth, in the model's own steps. */
    presentSteps: z.int().min(1).max(255).default(8),
    /** How the printer tells its state: four bytes of `dle-eot`, or the six of `custom`. */
    status: z.enum(['dle-eot', 'custom']),
    /** What proves that the last byte was worked off: `gs-r` answers in line, `status` is asked after the printing time. */
    endOfJob: z.enum(['gs-r', 'status']),
    /** How the printer says that its buffer is full, as its switches or its set-up sheet have it. */
    flow: z.enum(['none', 'rtscts', 'xonxoff']).default('none'),
    /**
     * How much the printer takes in before it has to print, by its manual or set-up sheet; more than one piece of a picture.
     * 4096 where nothing is known, as an Epson TM-T88III has (its specification, 2.1.1).
     */
    bufferBytes: z.int().min(2500).default(4096),
    /** Bytes sent before the printer is asked how it is. */
    chunkBytes: z.int().min(64).max(4096),
  })
  .refine(({ presenter, status }) => presenter !== 'fs-p' || status === 'custom', {
    path: ['presenter'],
    message: 'fs-p tells where the slip is in the six bytes of status custom only',
  });

/** What one printer model can do and how it wants to be asked. */
export type PrinterProfile = z.infer<typeof profileSchema>;

/** Dots per millimetre of a 203 dpi head. */
export const dotsPerMm = 8;

const shipped: Readonly<Record<string, unknown>> = {
  'generic-80mm': generic80mm,
  'generic-58mm': generic58mm,
  'custom-vkp80iii': customVkp80iii,
  'epson-tm-t88': epsonTmT88,
  'masung-ms-ep': masungMsEp,
  'snbc-bt-t080': snbcBtT080,
};

/** Names of the profiles that come with the kiosk. */
export const printerProfileNames: readonly string[] = Object.keys(shipped);

/** Checks a profile; the failure names every wrong key. */
export function parsePrinterProfile(value: unknown): Result<PrinterProfile, string> {
  const parsed = profileSchema.safeParse(value);
  if (parsed.success) return success(parsed.data);
  return failure(
    parsed.error.issues
      .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
      .join('; '),
  );
}

/** A profile by name; the failure says what is wrong or which names there are. */
export function shippedPrinterProfile(name: string): Result<PrinterProfile, string> {
  if (!Object.hasOwn(shipped, name)) {
    return failure(`no printer profile "${name}"; there are: ${printerProfileNames.join(', ')}`);
  }
  return parsePrinterProfile(shipped[name]);
}
