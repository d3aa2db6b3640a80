import { z } from 'zod';

/** File name of the description in a model folder. */
export const MANIFEST = 'manifest.json';

/**
 * What a folder's model is, and with it which files it must bring, by role. `streaming-…` write while somebody speaks; the
 * others hear a whole sentence first. `voice-…` speak.
 */
export const MODEL_ROLES = {
  'streaming-zipformer': ['encoder', 'decoder', 'joiner', 'tokens'],
  'streaming-paraformer': ['encoder', 'decoder', 'tokens'],
  'streaming-zipformer-ctc': ['model', 'tokens'],
  'streaming-nemo-ctc': ['model', 'tokens'],
  'sense-voice': ['model', 'tokens'],
  dolphin: ['model', 'tokens'],
  'zipformer-ctc': ['model', 'tokens'],
  paraformer: ['model', 'tokens'],
  'voice-vits': ['model', 'tokens', 'lexicon'],
  'voice-matcha': ['acoustic', 'vocoder', 'tokens', 'lexicon'],
} as const;

export type ModelType = keyof typeof MODEL_ROLES;

const types = Object.keys(MODEL_ROLES) as [ModelType, ...ModelType[]];

const modelFile = z.object({
  /** Below the folder, with `/`. */
  path: z.string().regex(/^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/),
  /** What the engine takes it for; files without one lie where the engine looks by itself. */
  role: z
    .enum(['encoder', 'decoder', 'joiner', 'model', 'tokens', 'acoustic', 'vocoder', 'lexicon'])
    .optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
});

/** What a folder with a model of speech holds. */
export const modelManifest = z
  .object({
    v: z.literal(1),
    /** Names the folder of an installed model. */
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
    type: z.enum(types),
    /** Counts up with each signed pack of this model; a kiosk does not go back. */
    release: z.number().int().positive().optional(),
    /** BCP 47; what it understands or speaks. */
    languages: z.array(z.string()).min(1),
    licence: z.string().min(1),
    /** Where it was got. */
    source: z.string(),
    /** What whoever installs it should know. */
    note: z.string().default(''),
    /** Made to test machines, never for the public: used only where `device.json` says `testModels`. */
    testOnly: z.boolean().default(false),
    /** `sounds`: any character of the right syllable; what was meant is found by the pack's own words. */
    writes: z.enum(['words', 'sounds']).default('words'),
    /** Rows of sound features that the model takes. */
    featureDimension: z.number().int().positive().default(80),
    /** Silence that the model wants to hear before the first word, in ms. */
    quietBeforeMs: z.number().int().nonnegative().default(0),
    files: z.array(modelFile).min(1),
  })
  .superRefine(({ type, files }, context) => {
    const roles = files.map(({ role }) => role);
    for (const role of MODEL_ROLES[type]) {
      if (roles.filter((one) => one === role).length !== 1)
        context.addIssue({
          code: 'custom',
          path: ['files'],
          message: `one file with the role "${role}" is needed`,
        });
    }
  });

export type ModelManifest = z.infer<typeof modelManifest>;

/** Models that listen; the rest speak. */
export const hears = ({ type }: Pick<ModelManifest, 'type'>): boolean => !type.startsWith('voice-');
/** Models that write while somebody speaks. */
export const streams = ({ type }: Pick<ModelManifest, 'type'>): boolean => type.startsWith('streaming-');
