import { createHash, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { headerFields, relaxedField } from './header-fields.js'
import { bodyHash } from './relaxed-body.js'
import { type SignedHeaders, signedHeaders } from './signed-headers.js'

/** What a mail of one domain is signed with: a key that is published under `<selector>._domainkey.<domain>`. */
export interface DkimSigner {
  /** A-label. */
  readonly domain: string
  readonly selector: string
  readonly key: KeyObject
}

const LINE = 74
const END_OF_HEADERS = '\r\n\r\n'

/** On the thread pool, so that the event loop stays free: one RSA-2048 signature takes a quarter of a millisecond. */
const signOnPool = promisify(
  (algorithm: string | null, data: Buffer, key: KeyObject, done: (error: Error | null, signature: Buffer) => void) =>
    sign(algorithm, data, key, done),
)

const isEd25519 = (key: KeyObject): boolean => key.asymmetricKeyType === 'ed25519'

/** Words of a tag, joined without spaces, in folded lines. */
function folded(words: readonly string[]): string {
  let text = ''
  let column = 8
  for (const word of words) {
    if (column + word.length > LINE) {
      text += '\r\n\t'
      column = 8
    }
    text += word
    column += word.length
  }
  return text
}

const pieces = (base64: string): readonly string[] => base64.match(/.{1,64}/g) ?? []

/** The field up to its empty `b=`, which is what is signed last. */
function unsignedField({ domain, selector, key }: DkimSigner, { names }: SignedHeaders, hash: string): string {
  const algorithm = isEd25519(key) ? 'ed25519-sha256' : 'rsa-sha256'
  const listed = names.map((name, index) => (index === 0 ? name : `:${name}`))
  return [
    `DKIM-Signature: v=1; a=${algorithm}; c=relaxed/relaxed;`,
    `d=${domain};`,
    `s=${selector};`,
    `h=${folded(listed)};`,
    `bh=${hash};`,
    'b=',
  ].join('\r\n\t')
}

/** RFC 6376 §3.7; Ed25519 signs the hash of the same octets (RFC 8463 §3). */
export function signatureOf({ key }: DkimSigner, { text }: SignedHeaders, field: string): Promise<Buffer> {
  const data = Buffer.from(text + relaxedField(field).relaxed, 'latin1')
  if (!isEd25519(key)) return signOnPool('sha256', data, key)
  return signOnPool(null, createHash('sha256').update(data).digest(), key)
}

/**
 * The mail with one DKIM-Signature per signer above its headers (RFC 6376, 8463): relaxed/relaxed, the body hashed once for all. `content` is finished, with CRLF
 * line ends, before dot-stuffing. The same mail and keys give the same bytes: no time is in it, and neither RSA PKCS #1 nor Ed25519 draws anything.
 */
export async function signMail(content: Uint8Array, signers: readonly DkimSigner[]): Promise<Uint8Array> {
  if (signers.length === 0) return content
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const end = bytes.indexOf(END_OF_HEADERS)
  const headersEnd = end < 0 ? bytes.length : end + 2
  const headers = signedHeaders(headerFields(bytes.toString('latin1', 0, headersEnd)))
  const hash = bodyHash(bytes.subarray(Math.min(bytes.length, headersEnd + 2)))
  const fields = await Promise.all(
    signers.map(async (signer) => {
      const field = unsignedField(signer, headers, hash)
      const signature = (await signatureOf(signer, headers, field)).toString('base64')
      return `${field}${folded(pieces(signature)).replaceAll('\r\n\t', '\r\n\t ')}\r\n`
    }),
  )
  return Buffer.concat([Buffer.from(fields.join(''), 'latin1'), bytes])
}
