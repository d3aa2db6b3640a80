import { z } from 'zod';

/** Matters of 法律援助法 articles 31 and 32 that can be chosen; words in locales `intake.json` under `matter.<code>`. */
export const legalAidMatter = z.enum([
  'wages',
  'work_injury',
  'social_insurance',
  'maintenance',
  'injury_damages',
  'domestic_violence',
  'state_compensation',
  'bravery',
  'environment',
  'criminal_defence',
  'other',
]);

/** Circumstances of article 42 (no means check) and article 32 (no means test). */
export const legalAidCircumstance = z.enum([
  'minimum_living_allowance',
  'disabled_no_income',
  'migrant_worker',
  'special_care',
  'elderly_no_income',
  'minor',
  'none',
]);

export const legalAidForm = z.object({
  name: z.string().trim().min(1).max(60),
  idNumber: z.string().trim().max(18),
  phone: z.string().regex(/^1\d{10}$/),
  address: z.string().trim().max(100),
  matter: legalAidMatter,
  circumstances: z.array(legalAidCircumstance).min(1),
  facts: z.string().trim().max(500),
  /** Papers the applicant already has (codes under `paper.*`); what is missing is listed on the slip (容缺受理). */
  papers: z.array(z.string()),
});

export const intakeResult = z.discriminatedUnion('state', [
  /** Durable on this machine, not yet at the hub: exactly what the citizen is told. */
  z.object({ state: z.literal('saved_not_sent'), receiptNumber: z.string() }),
  z.object({
    state: z.literal('refused'),
    reason: z.enum([
      'no_session',
      'consent_missing',
      'under_14',
      'not_offered',
      'cannot_save',
      'invalid_form',
    ]),
    fields: z.array(z.string()),
  }),
]);

export const intakeStatus = z.enum(['saved_not_sent', 'received', 'unknown']);

export type LegalAidForm = z.infer<typeof legalAidForm>;
export type LegalAidMatter = z.infer<typeof legalAidMatter>;
export type LegalAidCircumstance = z.infer<typeof legalAidCircumstance>;
export type IntakeResult = z.infer<typeof intakeResult>;
