import type { Reply } from '@mailwright/core'

/** What the answer to EHLO announces (RFC 5321 §4.1.1.1). */
export interface Features {
  readonly starttls: boolean
  readonly pipelining: boolean
  readonly eightBit: boolean
  readonly smtpUtf8: boolean
  /** The largest mail in bytes; null if none is told, 0 for no limit. */
  readonly size: number | null
}

export const noFeatures: Features = { starttls: false, pipelining: false, eightBit: false, smtpUtf8: false, size: null }

export const featuresOf = ({ text }: Reply): Features => {
  const words = text
    .toUpperCase()
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
  const size = words.find((word) => /^SIZE(?: \d{1,15})?$/.test(word))
  return {
    starttls: words.includes('STARTTLS'),
    pipelining: words.includes('PIPELINING'),
    eightBit: words.includes('8BITMIME'),
    smtpUtf8: words.includes('SMTPUTF8'),
    size: size === undefined ? null : Number(size.slice(5)),
  }
}
