import { type Tags, tagOf } from '../tags/index.js'

export interface BillLine {
  readonly ip: string
  readonly activeDays: number
  /** Minor units: of a whole month, and of these days. */
  readonly price: number
  readonly fee: number
  readonly tags: Tags
}

export interface BillGroup {
  /** The value of the tag; null: what does not have it. */
  readonly value: string | null
  readonly fee: number
}

export const totalOf = (lines: readonly { readonly fee: number }[]): number =>
  lines.reduce((sum, { fee }) => sum + fee, 0)

/** By the value of one tag, in its order, what is untagged last. The groups add up to the bill, because each line is in one of them (DIP-4). */
export function groupByTag(lines: readonly BillLine[], key: string): readonly BillGroup[] {
  const fees = new Map<string | null, number>()
  for (const { tags, fee } of lines) {
    const value = tagOf(tags, key)
    fees.set(value, (fees.get(value) ?? 0) + fee)
  }
  return [...fees]
    .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
    .map(([value, fee]) => ({ value, fee }))
}
