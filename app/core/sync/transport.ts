import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { Transport } from './exchange.ts';

const compress = promisify(gzip);
const ANSWER_TIMEOUT_MS = 30_000;

/** Batches over HTTP to the hub at `url`. An answer that is not JSON has the body null. */
export function httpTransport(url: string): Transport {
  return async (batch, stop) => {
    const patience = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const response = await fetch(new URL(`/v1/streams/${batch.stream}/batches`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: await compress(JSON.stringify(batch)),
      signal: stop === undefined ? patience : AbortSignal.any([patience, stop]),
      redirect: 'error',
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  };
}
