import { createHash } from 'node:crypto';

import { z } from 'zod';

export const PACK_FORMAT = 5;

/** Every file that a pack must have besides its manifest. */
export const PACK_FILES = [
  'cases.json',
  'content.db',
  'intent.json',
  'intent.onnx',
  'language.bin',
  'parameters.json',
] as const;

/** The statute library; a pack may come without one. */
export const STATUTES_FILE = 'statutes.db';

const PROMPT = /^prompts\/[0-9a-f]{32}\.wav$/u;

/** Where a recorded sentence lies in a pack; `key` is 32 hex digits. */
export const promptFile = (key: string): string => `prompts/${key}.wav`;
export const isPrompt = (name: string): boolean => PROMPT.test(name);

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

const manifestBody = z.object({
  format: z.literal(PACK_FORMAT),
  id: z.string().min(1),
  version: z.string().min(1),
  /** ISO date of the newest review in the pack. */
  asOf: isoDate,
  contentSchema: z.number().int(),
  files: z.array(
    z.object({
      name: z.union([z.enum([...PACK_FILES, STATUTES_FILE]), z.string().regex(PROMPT)]),
      size: z.number().int().nonnegative(),
      sha256,
    }),
  ),
});

const packManifest = manifestBody.extend({ digest: sha256 });

/** `manifest.json` of a pack. `digest` covers the rest of it, so that a damaged manifest is noticed too. */
export type PackManifest = z.infer<typeof packManifest>;
type ManifestBody = z.infer<typeof manifestBody>;

function digestOf(body: ManifestBody): string {
  return createHash('sha256')
    .update(JSON.stringify(manifestBody.parse(body)))
    .digest('hex');
}

export function writeManifest(body: ManifestBody): string {
  return `${JSON.stringify({ ...manifestBody.parse(body), digest: digestOf(body) }, null, 2)}\n`;
}

/** The manifest, or null when the text is not an undamaged manifest that lists each file of a pack, and each once. */
export function readManifest(text: string): PackManifest | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = packManifest.safeParse(json);
  if (!parsed.success || parsed.data.digest !== digestOf(parsed.data)) return null;
  const names = parsed.data.files.map(({ name }) => name);
  const isWhole = PACK_FILES.every((name) => names.includes(name)) && new Set(names).size === names.length;
  return isWhole ? parsed.data : null;
}
