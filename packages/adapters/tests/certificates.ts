import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** DER (X.690): a tag, the length, the bytes. */
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const { length } = body
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const bits = (bytes: Buffer) => der(0x03, Buffer.from([0]), bytes)
const time = (at: Date) => der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`))
const nameOf = (text: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))))
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
const extension = (id: string, value: Buffer) => sequence(oid(id), der(0x04, value))

export interface Certificate {
  readonly cert: string
  readonly key: string
}

const DAY = 86_400_000

interface Wanted {
  readonly subject: string
  readonly names: readonly string[]
  readonly authority: boolean
  /** Days from now on which it ends. */
  readonly days: number
}

/** A certificate of a new key (RFC 5280), made for one test and kept nowhere. */
const certify = (
  { subject, names, authority, days }: Wanted,
  issuer: { readonly name: string; readonly key: KeyObject } | null,
) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const altNames = sequence(...names.map((name) => der(0x82, Buffer.from(name))))
  const basic = authority ? sequence(der(0x01, Buffer.from([0xff]))) : sequence()
  const serial = randomBytes(8)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 1
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    nameOf(issuer?.name ?? subject),
    sequence(time(new Date(Date.now() - 2 * DAY)), time(new Date(Date.now() + days * DAY))),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension('551d13', basic), ...(names.length > 0 ? [extension('551d11', altNames)] : []))),
  )
  const signature = sign('sha256', body, issuer?.key ?? privateKey)
  const bytes = sequence(body, ecdsaWithSha256, bits(signature)).toString('base64')
  const lines = bytes.match(/.{1,64}/g) ?? []
  const cert = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
  return { cert, privateKey, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

/** An authority of this test alone, and certificates by it. */
export const testAuthority = () => {
  const name = `Test authority ${randomBytes(4).toString('hex')}`
  const root = certify({ subject: name, names: [], authority: true, days: 30 }, null)
  return {
    ca: root.cert,
    certificateFor: (...names: readonly string[]): Certificate =>
      certify({ subject: names[0] ?? '', names, authority: false, days: 30 }, { name, key: root.privateKey }),
    expiredFor: (...names: readonly string[]): Certificate =>
      certify({ subject: names[0] ?? '', names, authority: false, days: -1 }, { name, key: root.privateKey }),
  }
}
