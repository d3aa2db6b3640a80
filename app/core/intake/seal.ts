import {
  createCipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

import type { SealedBox } from '../journal/index.ts';

const INFO = 'kiosk pre-application v1';

/**
 * Seals text so that only the holder of the recipient's private key can read it: X25519 with a one-time key,
 * HKDF-SHA256 (salt: both public keys), AES-256-GCM with `context` authenticated. Throws for a key that is no key.
 */
export function seal(
  text: string,
  { recipientKey, context, nonce }: { recipientKey: string; context: string; nonce: Buffer },
): SealedBox {
  const recipient = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: recipientKey }, format: 'jwk' });
  const once = generateKeyPairSync('x25519');
  const ephemeral = rawKey(once.publicKey);
  const shared = diffieHellman({ privateKey: once.privateKey, publicKey: recipient });
  const salt = Buffer.concat([ephemeral, Buffer.from(recipientKey, 'base64url')]);
  const key = Buffer.from(hkdfSync('sha256', shared, salt, INFO, 32));
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const box = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  shared.fill(0);
  key.fill(0);
  return {
    v: 1,
    ephemeral: ephemeral.toString('base64url'),
    nonce: nonce.toString('base64url'),
    box: box.toString('base64url'),
  };
}

function rawKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}
