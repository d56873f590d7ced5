import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { MailError } from '../errors/mail-error.js'

/** Seals secrets for rest: AES-256-GCM under keys derived from the service secrets (DOM-8). */
export interface SecretBox {
  /** `aad` says what the plaintext belongs to (account and record); the same must be given to open it. */
  seal(plain: string, aad: string): string
  /** @throws DATA_CORRUPT when the key is unknown, the text was changed, or it belongs to something else. */
  open(sealed: string, aad: string): string
  /** Whether it is sealed under the first secret; else it is to be sealed anew before the older one may go. */
  isCurrent(sealed: string): boolean
}

interface BoxKey {
  readonly id: string
  readonly key: Buffer
}

const VERSION = 'v1'
const SECRET_MIN = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'

const derive = (secret: string, purpose: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(secret), 'mailwright', `secret-box/${VERSION}/${purpose}`, bytes))

const boxKey = (secret: string): BoxKey => ({
  id: derive(secret, 'key-id', 6).toString('base64url'),
  key: derive(secret, 'key', 32),
})

/** What GCM authenticates beside the text: the header too, so that no part can be exchanged. */
const associated = (keyId: string, aad: string): Buffer => Buffer.from(`${VERSION}.${keyId}.${aad}`)

const corrupt = (reason: 'format' | 'unknown-key' | 'tampered', cause?: unknown): MailError =>
  new MailError('DATA_CORRUPT', { kind: 'secret', reason }, { cause })

function readSecrets(secrets: string | readonly string[]): readonly string[] {
  const list = typeof secrets === 'string' ? [secrets] : secrets
  if (list.length === 0) throw new MailError('OPTIONS_INVALID', { field: 'secret', reason: 'empty' })
  const short = list.findIndex((secret) => secret.length < SECRET_MIN)
  if (short >= 0) {
    const details = { field: typeof secrets === 'string' ? 'secret' : `secret[${short}]`, minimum: SECRET_MIN }
    throw new MailError('OPTIONS_INVALID', { ...details, reason: 'too-short', unit: 'characters' })
  }
  return list
}

/**
 * DOM-8, T22: the first secret writes, all read, so that a new one is put in front and the old one kept until nothing is
 * sealed under it. Sealed form: `v1.<key id>.<nonce>.<text and tag>`, base64url; the nonce is random.
 * @throws OPTIONS_INVALID for a secret shorter than 16 characters.
 */
export function createSecretBox(secrets: string | readonly string[]): SecretBox {
  const keys = readSecrets(secrets).map(boxKey)
  const byId = new Map(keys.map((key) => [key.id, key]))
  const [first] = keys
  if (!first) throw new MailError('OPTIONS_INVALID', { field: 'secret', reason: 'empty' })
  return {
    seal(plain, aad) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, first.key, nonce)
      cipher.setAAD(associated(first.id, aad))
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return [VERSION, first.id, nonce.toString('base64url'), text.toString('base64url')].join('.')
    },
    isCurrent: (sealed) => sealed.split('.')[1] === first.id,
    open(sealed, aad) {
      const [version, id = '', nonce = '', body = '', ...rest] = sealed.split('.')
      const iv = Buffer.from(nonce, 'base64url')
      const text = Buffer.from(body, 'base64url')
      const wellFormed =
        version === VERSION && rest.length === 0 && iv.length === NONCE_BYTES && text.length >= TAG_BYTES
      if (!wellFormed) throw corrupt('format')
      const key = byId.get(id)?.key
      if (!key) throw corrupt('unknown-key')
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
      decipher.setAAD(associated(id, aad))
      decipher.setAuthTag(text.subarray(-TAG_BYTES))
      try {
        return Buffer.concat([decipher.update(text.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw corrupt('tampered', cause)
      }
    },
  }
}
