import {
  type CellKey,
  COUNTERS,
  type Counter,
  FACT_COUNTERS,
  type FollowUp,
  type NewWork,
  type Observation,
} from '@mailwright/core'
import { type State, same } from './rows.js'

export const putWork = (state: State, item: NewWork, sooner: boolean): boolean => {
  const rival = state.works.find(({ row }) => row.kind === item.kind && row.key === item.key)
  if (rival !== undefined) {
    if (sooner && rival.row.token === null) rival.row.dueAt = Math.min(rival.row.dueAt, item.dueAt)
    if (sooner && rival.row.token !== null) rival.rungAt = Math.min(rival.rungAt ?? item.dueAt, item.dueAt)
    return false
  }
  if (state.works.some(({ row }) => row.id === item.id)) return false
  const row = { ...item, token: null, leaseUntil: null, startedThrough: 0, attempt: 0 }
  state.works.push({ row, rungAt: null })
  return true
}

export const putBlock = (state: State, item: State['blocks'][number], unlessLater: boolean): void => {
  const id = (row: typeof item) => [row.kind, row.account, row.scope, row.key]
  const former = state.blocks.find((row) => same(id(row), id(item)))
  const lastsLonger = former?.endsAt === null || (item.endsAt !== null && (former?.endsAt ?? 0) >= item.endsAt)
  if (former !== undefined && unlessLater && lastsLonger) return
  state.blocks = state.blocks.filter((row) => !same(id(row), id(item)))
  state.blocks.push(item)
}

export const add = (state: State, cell: CellKey, counter: Counter, by: number): void => {
  const row = state.counted.find((one) => one.counter === counter && same(one.cell, cell))
  if (row === undefined) state.counted.push({ cell, counter, times: by })
  else row.times += by
}

/** Answers whether the observation wins. */
export const settle = (state: State, item: Observation): boolean => {
  let message = state.messages.find(({ id }) => id === item.message)
  const isNew = message === undefined
  if (message === undefined) {
    if (item.insert === null) return false
    message = { ...item.insert, facts: 0 }
    state.messages.push(message)
  }
  const { facts } = message
  const sentIn = isNew ? 0 : message.bucket
  const wanted = facts | item.facts | (isNew ? (item.insert?.facts ?? 0) : 0)
  const freshEvent = item.event !== null && !state.events.some(({ key }) => key === item.event?.key)
  if (!isNew && wanted === facts && !freshEvent && item.attempt <= message.attempt) return false
  message.facts = wanted
  if (item.attempt >= message.attempt)
    Object.assign(message, { attempt: item.attempt, lastAt: item.at, lastReply: item.reply })
  if (freshEvent && item.event !== null) {
    const { recipientKey: person } = message
    const event = { ...item.event, sentAt: sentIn === 0 ? item.event.sentAt : sentIn }
    state.events.push(event.person === person ? event : { ...event, person, detail: {} })
  }
  const counters = COUNTERS.filter((_, bit) => bit < FACT_COUNTERS && (wanted >> bit) % 2 > (facts >> bit) % 2)
  if (freshEvent && item.raw !== null) counters.push(item.raw)
  for (const cell of item.cells) {
    const moves = sentIn !== 0 && ['sender', 'recipient'].includes(cell.cube)
    for (const counter of counters) add(state, moves ? { ...cell, bucket: sentIn } : cell, counter, 1)
  }
  if (item.block !== null) putBlock(state, item.block, true)
  if (item.work !== null) putWork(state, item.work, false)
  return true
}

export const follow = (state: State, { work, parts }: FollowUp, won: readonly boolean[]): void => {
  const kept = parts.filter(({ item }) => won[item] === true).map(({ part }) => part)
  if (kept.length > 0) putWork(state, { ...work, ref: { ...work.ref, parts: kept } }, false)
}
