/** Papers that a legal-aid application is made of (法律援助法 第四十一条、第四十二条); words under `paper.*` of intake.json. */
export const LEGAL_AID_PAPERS = ['identity', 'case', 'hardship', 'circumstance'] as const;

type LegalAidPaper = (typeof LEGAL_AID_PAPERS)[number];

/** Matters for which the law asks nobody about money (法律援助法 第三十二条). */
const MATTERS_WITHOUT_MEANS_TEST: readonly string[] = ['bravery', 'domestic_violence'];

/**
 * The papers that this application needs. Who falls under article 42 shows the certificate instead of explaining
 * hardship; a matter of article 32 needs neither.
 */
export function papersNeeded(form: { matter: string; circumstances: readonly string[] }): LegalAidPaper[] {
  if (MATTERS_WITHOUT_MEANS_TEST.includes(form.matter)) return ['identity', 'case'];
  const exempt = form.circumstances.some((circumstance) => circumstance !== 'none');
  return ['identity', 'case', exempt ? 'circumstance' : 'hardship'];
}
