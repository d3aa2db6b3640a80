import { randomBytes, timingSafeEqual } from 'node:crypto';

/** Who may use the host: whoever opened a link that was printed on the terminal, once. */
export interface OneTimeLinks {
  /** A new token for a link; any earlier unused one is void. */
  issue: () => string;
  /** Trades the token for the value of a cookie; undefined when it is not the one issued last or was used. */
  redeem: (token: string) => string | undefined;
  /** Whether a cookie's value came from `redeem`. */
  knows: (cookie: string | undefined) => boolean;
}

const secret = (): string => randomBytes(32).toString('base64url');

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Tokens and cookies of 256 random bits, kept in memory only. */
export function createOneTimeLinks(): OneTimeLinks {
  const cookies: string[] = [];
  let issued: string | undefined;
  return {
    issue: () => (issued = secret()),
    redeem(token) {
      if (issued === undefined || !equal(issued, token)) return undefined;
      issued = undefined;
      const cookie = secret();
      cookies.push(cookie);
      return cookie;
    },
    knows: (cookie) => cookie !== undefined && cookies.some((known) => equal(known, cookie)),
  };
}
