import type { MailRecipient } from './mail-recipient.js'

/** Makes the text of one place for one mail, one octet per character. */
export type Field = (mail: MailRecipient) => string

/** A mail with places left open: text, field, text, … text. A field used in several places is made once per mail. */
export interface Skeleton {
  readonly texts: readonly string[]
  /** Index into `fields` of each open place. */
  readonly places: readonly number[]
  readonly fields: readonly Field[]
  /** Octets of all texts. */
  readonly size: number
}

/** Puts a skeleton together from its beginning to its end. */
export interface SkeletonBuilder {
  text(text: string): void
  /** `key` says what the field depends on; equal keys are one field. */
  field(key: string, field: Field): void
  finish(): Skeleton
}

export function skeletonBuilder(): SkeletonBuilder {
  const texts: string[] = []
  const places: number[] = []
  const fields: Field[] = []
  const known = new Map<string, number>()
  let open: string[] = []
  return {
    text(text) {
      open.push(text)
    },
    field(key, field) {
      const index = known.get(key) ?? fields.push(field) - 1
      known.set(key, index)
      texts.push(open.join(''))
      open = []
      places.push(index)
    },
    finish() {
      texts.push(open.join(''))
      return { texts, places, fields, size: texts.reduce((sum, text) => sum + text.length, 0) }
    },
  }
}
