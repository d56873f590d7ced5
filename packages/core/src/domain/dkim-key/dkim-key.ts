import { MailError } from '../../errors/mail-error.js'
import { parseTagList } from './tag-list.js'

export type DkimAlgorithm = 'rsa-1024' | 'rsa-2048' | 'ed25519'

/** The public half of a key, ready for DNS. The private half is kept elsewhere, sealed (DOM-8). */
export interface DkimKey {
  readonly selector: string
  readonly algorithm: DkimAlgorithm
  /** The TXT value: `v=DKIM1; k=rsa; p=…`. */
  readonly publicValue: string
}

/** SubjectPublicKeyInfo header of an Ed25519 key (RFC 8410 §4); the 32 key bytes follow. */
const ED25519_PREFIX = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

/**
 * The TXT value of a public key given as DER SubjectPublicKeyInfo. RSA publishes that form (as all signers do, RFC 6376
 * §3.6.1), Ed25519 the bare 32 bytes (RFC 8463 §4).
 * @throws INPUT_INVALID when an Ed25519 key is not one.
 */
export function dkimTxtValue(algorithm: DkimAlgorithm, spki: Uint8Array): string {
  if (algorithm !== 'ed25519') return `v=DKIM1; k=rsa; p=${base64(spki)}`
  const matches = spki.length === 44 && ED25519_PREFIX.every((byte, at) => spki[at] === byte)
  if (!matches) throw new MailError('INPUT_INVALID', { field: 'publicKey', expected: 'Ed25519 in DER' })
  return `v=DKIM1; k=ed25519; p=${base64(spki.subarray(ED25519_PREFIX.length))}`
}

export type DkimFault = 'syntax' | 'version' | 'revoked' | 'other-key-type' | 'other-key' | 'hash' | 'service'

const listHas = (list: string | undefined, ...wanted: string[]): boolean =>
  list === undefined || list.split(':').some((entry) => wanted.includes(entry.trim().toLowerCase()))

const publicKey = (tags: ReadonlyMap<string, string>): string => (tags.get('p') ?? '').replace(/\s+/g, '')

/**
 * What keeps a published record from serving as the expected one, or null. Compared tag by tag (DOM-5): order, space and
 * further tags do not matter, `v` and `k` may be left to their defaults; the key itself is exact.
 */
export function compareDkim(expected: string, published: string): DkimFault | null {
  const want = parseTagList(expected)
  const tags = parseTagList(published)
  if (!want || !tags?.has('p')) return 'syntax'
  if ((tags.get('v') ?? 'DKIM1').toUpperCase() !== 'DKIM1') return 'version'
  const key = publicKey(tags)
  if (key === '') return 'revoked'
  const type = (map: ReadonlyMap<string, string>) => (map.get('k') ?? 'rsa').toLowerCase()
  if (type(tags) !== type(want)) return 'other-key-type'
  if (key !== publicKey(want)) return 'other-key'
  if (!listHas(tags.get('h'), 'sha256')) return 'hash'
  return listHas(tags.get('s'), '*', 'email') ? null : 'service'
}
