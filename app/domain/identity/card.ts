import type { Sensitive } from '../sensitive.ts';

/** What the kiosk takes from a resident card (hardware.md 1.6 a). Photo and fingerprint are never decoded. */
export interface IdentityCard {
  kind: 'resident';
  name: Sensitive<string>;
  sex: 'male' | 'female' | 'unknown';
  /** GB/T 3304 name such as 彝, or 其他(码). */
  nation: string;
  /** ISO `YYYY-MM-DD`. */
  birth: Sensitive<string>;
  address: Sensitive<string>;
  number: Sensitive<string>;
  issuer: string;
  validFrom: string;
  /** ISO date, or `long-term` (长期). */
  validTo: string;
}
