import { createHash, timingSafeEqual } from 'node:crypto'

/** A key is 160 random bits: a plain hash of it tells nobody anything, and needs no salt and no cost. */
export const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest()

const NOBODYS = Buffer.alloc(32).toString('base64url')

/** In the same time whatever is stored, also if nothing is (T24). */
export const isDigest = (stored: string | undefined, digest: Buffer): boolean =>
  timingSafeEqual(Buffer.from(stored ?? NOBODYS, 'base64url'), digest) && stored !== undefined
