import type { Sensitive } from '../sensitive.ts';

/** What the kiosk takes from an identity card (hardware.md 1.6). Photo and fingerprint are never decoded. */
export interface IdentityCard {
  /**
   * `hmt-resident`: 港澳台居民居住证. `foreign-2017` and `foreign-2023`: the two versions of the
   * 外国人永久居留身份证.
   */
  kind: 'resident' | 'hmt-resident' | 'foreign-2017' | 'foreign-2023';
  /** The Chinese name; the English one on a foreigner's card without it. */
  name: Sensitive<string>;
  sex: 'male' | 'female' | 'unknown';
  /** GB/T 3304 name such as 彝, or 其他(码); empty on all cards but a resident's. */
  nation: string;
  /** ISO `YYYY-MM-DD`. */
  birth: Sensitive<string>;
  /** The newest one that the card holds; empty on a foreigner's card. */
  address: Sensitive<string>;
  /** 18 characters; 15 on the foreigner's card of 2017. */
  number: Sensitive<string>;
  /** Name of the authority; its code on the foreigner's card of 2017, empty on that of 2023. */
  issuer: string;
  validFrom: string;
  /** ISO date, or `long-term` (长期). */
  validTo: string;
  /** 通行证号码 of a `hmt-resident`. */
  passNumber?: Sensitive<string>;
  /** Of a foreigner, as on the card. */
  englishName?: Sensitive<string>;
  /** Three letters (GB/T 2659) of a foreigner. */
  nationality?: string;
}
