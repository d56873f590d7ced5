import type { Change } from '@mailwright/core'
import { inOrder, type State, same } from './rows.js'

type ChangeOf<T extends Change['type']> = Extract<Change, { type: T }>

export const eraseRecipient = (state: State, change: ChangeOf<'recipients.erase'>): void => {
  const { group, generation, key, tombstone } = change
  state.recipients = state.recipients.map((one) => {
    if (one.group !== group || one.generation !== generation || one.row.key !== key) return one
    const values = one.row.values.map(() => '')
    return { ...one, row: { ...one.row, mailbox: tombstone, key: tombstone, values } }
  })
}

export const erase = (state: State, change: ChangeOf<'erase'>): number => {
  const { account, recipientKey, tombstone, acceptedBefore } = change
  const theirs = state.messages
    .filter((row) => row.account === account && row.recipientKey === recipientKey)
    .filter((row) => acceptedBefore === undefined || row.acceptedAt < acceptedBefore)
  for (const row of theirs) {
    Object.assign(row, { mailbox: tombstone, recipientKey: tombstone, lastReply: '' })
    state.events = state.events.map((event) =>
      event.message === row.id ? { ...event, person: tombstone, detail: {} } : event,
    )
  }
  return theirs.length
}

/** The oldest before the instant. */
const oldest = <T>(rows: readonly T[], at: (row: T) => number, { before, limit }: ChangeOf<'purge'>): readonly T[] =>
  inOrder(
    rows.filter((row) => at(row) < before),
    at,
  ).slice(0, limit)

export const purge = (state: State, change: ChangeOf<'purge'>): number => {
  if (change.rows === 'events') {
    const gone = oldest(state.events, (row) => row.at, change)
    state.events = state.events.filter((row) => !gone.includes(row))
    return gone.length
  }
  if (change.rows === 'messages') {
    const gone = oldest(state.messages, (row) => row.acceptedAt, change).map(({ id }) => id)
    state.messages = state.messages.filter((row) => !gone.includes(row.id))
    state.events = state.events.filter((row) => !gone.includes(row.message))
    return gone.length
  }
  const ofCube = state.counted.map(({ cell }) => cell).filter(({ cube }) => `tallies.${cube}` === change.rows)
  const cells = ofCube.filter((cell, at) => ofCube.findIndex((one) => same(one, cell)) === at)
  const gone = oldest(cells, (cell) => cell.bucket, change)
  state.counted = state.counted.filter(({ cell }) => !gone.some((one) => same(one, cell)))
  return gone.length
}
