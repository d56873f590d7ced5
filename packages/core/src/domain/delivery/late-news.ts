import type { CellKey, EventRow } from '../../ports/rows.js'

/** Where the news comes after the mail was stored: the bucket the message is counted in; 0 if it is stored with the news. */
type SentIn = number

/** The event as the stored message says it: its bucket, and no person who has been erased since the caller looked. */
export const eventAsStored = (event: EventRow, person: string, sentIn: SentIn): EventRow => ({
  ...event,
  ...(event.person === person ? {} : { person, detail: {} }),
  ...(sentIn === 0 ? {} : { sentAt: sentIn }),
})

/** The cells that news counts in: a mail that was there before counts in its own bucket (STA-1). */
export const cellsAsStored = (cells: readonly CellKey[], sentIn: SentIn): readonly CellKey[] =>
  sentIn !== 0 && cells.some((cell) => leaves(cell, sentIn))
    ? cells.map((cell) => (leaves(cell, sentIn) ? { ...cell, bucket: sentIn } : cell))
    : cells

const leaves = ({ cube, bucket }: CellKey, sentIn: SentIn): boolean =>
  (cube === 'sender' || cube === 'recipient') && bucket !== sentIn
