import type { TransportRequest } from '@mailwright/core'

/** What a captured mail has to be like; what is left out does not matter. */
export interface SentPattern {
  readonly id?: string
  /** Envelope sender. */
  readonly from?: string
  /** One of the envelope recipients. */
  readonly to?: string
  /** A part of the raw mail, headers included, as UTF-8. */
  readonly contains?: string | RegExp
}

const holds = (mail: TransportRequest, wanted: string | RegExp): boolean => {
  const text = Buffer.from(mail.content.buffer, mail.content.byteOffset, mail.content.byteLength).toString('utf8')
  return typeof wanted === 'string' ? text.includes(wanted) : text.search(wanted) >= 0
}

const matches = (mail: TransportRequest, pattern: SentPattern): boolean =>
  (pattern.id === undefined || mail.id === pattern.id) &&
  (pattern.from === undefined || mail.envelope.from === pattern.from) &&
  (pattern.to === undefined || mail.envelope.to.includes(pattern.to)) &&
  (pattern.contains === undefined || holds(mail, pattern.contains))

/** The mails that match; throws unless there are `times`, or at least one if `times` is left out. */
export const assertSent = (
  mails: readonly TransportRequest[],
  pattern: SentPattern,
  times: number | undefined,
): readonly TransportRequest[] => {
  const found = mails.filter((mail) => matches(mail, pattern))
  if (times === undefined ? found.length > 0 : found.length === times) return found
  const fields = Object.keys(pattern).join(', ') || 'anything'
  const wanted = times === undefined ? 'at least 1' : String(times)
  throw new Error(`Expected ${wanted} captured mail(s) matching ${fields}, found ${found.length} of ${mails.length}.`)
}
