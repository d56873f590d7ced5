import { MailError } from '../../errors/mail-error.js'

/** Labels that a tenant puts on domains, dedicated IPs and tasks, for cost tracking and access (DIP-4). A key stands once. */
export type Tags = Readonly<Record<string, string>>

export interface TagLimits {
  readonly keyLength: number
  readonly valueLength: number
  readonly perRecord: number
}

export const TAG_LIMITS: TagLimits = { keyLength: 128, valueLength: 256, perRecord: 50 }

/** Control characters and lone surrogates: nothing that shows, and not every storage and file takes them. */
const unprintable = /\p{Cc}|\p{Cs}/u

/** @throws INPUT_INVALID naming the limit that is broken; the tags themselves stay out of it (ERR-2). */
export function checkTags(tags: Tags, limits: TagLimits = TAG_LIMITS): Tags {
  const entries = Object.entries(tags)
  const { keyLength, valueLength, perRecord } = limits
  if (entries.length > perRecord) throw refused(`at most ${perRecord} tags`, perRecord)
  for (const [key, value] of entries) {
    if (key.trim() === '' || key === '__proto__') throw refused('a key of its own for each tag')
    if ([...key].length > keyLength) throw refused(`keys of at most ${keyLength} characters`, keyLength)
    if ([...value].length > valueLength) throw refused(`values of at most ${valueLength} characters`, valueLength)
    if (unprintable.test(key) || unprintable.test(value)) throw refused('no control characters')
  }
  return tags
}

const refused = (expected: string, nearest?: number): MailError =>
  new MailError('INPUT_INVALID', { field: 'tags', expected, ...(nearest === undefined ? {} : { nearest }) })

/** What a list is asked for: records that have the key, or the key with exactly this value. */
export interface TagFilter {
  readonly key: string
  readonly value?: string | undefined
}

export function matchesTag(tags: Tags, { key, value }: TagFilter): boolean {
  const own = tagOf(tags, key)
  return own !== null && (value === undefined || own === value)
}

/** null: the record does not have the key. */
export const tagOf = (tags: Tags, key: string): string | null => (Object.hasOwn(tags, key) ? (tags[key] ?? null) : null)

/**
 * Whether a caller whom the host has given these tags may touch a record (ACC-3, DIP-4): each tag of the caller must stand on the record with the same
 * value, so that a caller of `{ team: 'growth' }` sees what growth owns and nothing that is untagged. A caller without tags may touch all of its account.
 */
export function mayAccess(caller: Tags | undefined, record: Tags): boolean {
  return Object.entries(caller ?? {}).every(([key, value]) => tagOf(record, key) === value)
}
