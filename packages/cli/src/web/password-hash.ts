import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP's second choice for scrypt: 32 MiB and about a fifth of a second a guess. The cost stands in the hash, so that it can be raised. */
const COST = 32_768
const PARAMETERS = { r: 8, p: 3, maxmem: 128 * 1024 * 1024 } as const
const BYTES = 32

const derive = (password: string, salt: Buffer, N: number): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, BYTES, { N, ...PARAMETERS }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  )

/** `scrypt.<cost>.<salt>.<key>`: without a dollar sign, which compose files and shells would read as a variable. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return `scrypt.${COST}.${salt.toString('base64url')}.${key.toString('base64url')}`
}

/** In constant time for passwords of one length. A hash that cannot be read fits nothing. */
export async function passwordFits(password: string, hash: string): Promise<boolean> {
  const [, cost = '', salt = '', key = ''] = hash.split('.')
  const expected = Buffer.from(key, 'base64url')
  const derived = await derive(password, Buffer.from(salt, 'base64url'), Number(cost)).catch(() => null)
  return derived !== null && derived.length === expected.length && timingSafeEqual(derived, expected)
}
