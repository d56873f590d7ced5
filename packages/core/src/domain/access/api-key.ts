/** `mw_`, the id by which it is found, `_`, and the secret half: 16 and 32 letters of base32. */
const KEY = /^mw_([a-z2-7]{16})_[a-z2-7]{32}$/
const LENGTH = 52

/** Random bytes of the two halves. The secret one has 160 bits: nobody guesses it, however fast he may ask. */
export const API_KEY_BYTES = { id: 10, secret: 20 } as const

export const apiKeyText = (id: string, secret: string): string => `mw_${id}_${secret}`

/** The id in a key. null: it has not the form of one, whatever it is. Looks at no more than a key's length. */
export function idOfApiKey(given: unknown): string | null {
  if (typeof given !== 'string' || given.length !== LENGTH) return null
  return KEY.exec(given)?.[1] ?? null
}
