import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { type DkimAlgorithm, type DkimKey, dkimTxtValue } from '../domain/dkim-key/index.js'
import type { Instant } from '../ports/clock.js'

/** DOM-8. `rsa-dual` signs with 1024 and 2048 bits, `rsa-ed25519` with RSA 2048 and Ed25519. */
export type DkimKind = 'rsa-1024' | 'rsa-2048' | 'rsa-dual' | 'rsa-ed25519'

export interface NewDkimKey extends DkimKey {
  /** PKCS #8. To be sealed before it is stored. */
  readonly privateKeyPem: string
}

const algorithmsOf: Readonly<Record<DkimKind, readonly DkimAlgorithm[]>> = {
  'rsa-1024': ['rsa-1024'],
  'rsa-2048': ['rsa-2048'],
  'rsa-dual': ['rsa-1024', 'rsa-2048'],
  'rsa-ed25519': ['rsa-2048', 'ed25519'],
}

/** The kind whose keys have these algorithms. */
export const dkimKindOf = (algorithms: readonly DkimAlgorithm[]): DkimKind =>
  (Object.keys(algorithmsOf) as DkimKind[]).find(
    (kind) =>
      algorithmsOf[kind].length === algorithms.length && algorithmsOf[kind].every((one) => algorithms.includes(one)),
  ) ?? 'rsa-2048'

const generate = promisify(generateKeyPair)

const keyPair = (algorithm: DkimAlgorithm) =>
  algorithm === 'ed25519'
    ? generate('ed25519')
    : generate('rsa', { modulusLength: algorithm === 'rsa-1024' ? 1024 : 2048, publicExponent: 65_537 })

/**
 * Makes the keys of one kind, on the thread pool. Selectors come from the instant, so that a rotation never reuses the
 * selector it replaces: `mw` + milliseconds in base 36 + `a`, `b`.
 */
export function generateDkimKeys(kind: DkimKind, now: Instant): Promise<NewDkimKey[]> {
  return Promise.all(
    algorithmsOf[kind].map(async (algorithm, index) => {
      const { publicKey, privateKey } = await keyPair(algorithm)
      return {
        selector: `mw${now.toString(36)}${'ab'.charAt(index)}`,
        algorithm,
        publicValue: dkimTxtValue(algorithm, publicKey.export({ type: 'spki', format: 'der' })),
        privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      }
    }),
  )
}
