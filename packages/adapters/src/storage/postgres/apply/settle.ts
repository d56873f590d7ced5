import { cellsAsStored, type EventRow, eventAsStored, type MessageRow, type Observation } from '@mailwright/core'
import type { SqlSession, SqlTransaction } from '../client.js'
import { toBytes, toJsonRows } from '../text.js'
import { insertMessages, lockMessages, type MessageState, updateMessages } from './messages.js'
import { count, type TallySums } from './tallies.js'

/** One observation of one settle, and whether it has won. */
export interface SettleStep {
  readonly item: Observation
  readonly shard: number
  won: boolean
}

/** ORs the bits in, and takes over what the attempt said unless a later attempt has spoken. */
const merge = (state: MessageState, item: Observation): void => {
  state.facts |= item.facts
  if (item.attempt < state.attempt) return
  state.attempt = item.attempt
  state.lastAt = item.at
  state.lastReply = item.reply
}

const stateOf = ({ facts, attempt, lastAt, lastReply, bucket, recipientKey }: MessageRow): MessageState => ({
  facts,
  attempt,
  lastAt,
  lastReply,
  bucket,
  recipientKey,
})

interface Birth {
  readonly step: SettleStep
  readonly state: MessageState
  readonly row: MessageRow
  /** Its step has been decided: later ones find it. */
  born: boolean
}

/** The first observation of each message that may insert it, merged with what it would insert. */
const birthsIn = (steps: readonly SettleStep[]): Map<string, Birth> => {
  const births = new Map<string, Birth>()
  for (const step of steps) {
    const { insert, message } = step.item
    if (insert === null || births.has(message)) continue
    const state = stateOf(insert)
    merge(state, step.item)
    const { facts, attempt, lastAt, lastReply } = state
    births.set(message, {
      step,
      state,
      row: { ...insert, id: message, facts, attempt, lastAt, lastReply },
      born: false,
    })
  }
  return births
}

const insertEvents = async (
  session: SqlSession,
  s: string,
  events: ReadonlyMap<string, EventRow>,
): Promise<ReadonlySet<string>> => {
  if (events.size === 0) return new Set()
  const rows = [...events.values()].map((event) => ({
    key: event.key,
    message: toBytes(event.message),
    account: event.account,
    kind: event.kind,
    at: event.at,
    detail: JSON.stringify(event.detail),
    sent_at: event.sentAt,
    domain: event.domain,
    recipient_domain: event.recipientDomain,
    template: toBytes(event.template),
    task: toBytes(event.task),
    person: event.person,
  }))
  const fresh = await session.query<{ key: string }>(
    `insert into ${s}.event (key, message, account, kind, at, detail, sent_at, domain, recipient_domain, template, task, person)
     select key, message, account, kind, at, detail, sent_at, domain, recipient_domain, template, task, person
     from json_to_recordset($1::json) as x(key text, message bytea, account text, kind text, at int8, detail text,
       sent_at int8, domain text, recipient_domain text, template bytea, task bytea, person text)
     order by key collate "C" on conflict do nothing returning key`,
    [toJsonRows(rows)],
  )
  return new Set(fresh.map(({ key }) => key))
}

/** What the messages look like just before each step, as far as they exist. */
interface Scene {
  readonly births: ReadonlyMap<string, Birth>
  readonly inserted: ReadonlySet<string>
  readonly stored: ReadonlyMap<string, MessageState>
}

const isKnown = (scene: Scene, step: SettleStep, born: Set<string>): boolean => {
  const { message } = step.item
  if (scene.stored.has(message) || born.has(message)) return true
  if (!scene.inserted.has(message) || scene.births.get(message)?.step !== step) return false
  born.add(message)
  return true
}

/** The bucket of a message that is there before the step; 0: it has none, or the step brings it. */
const bucketBefore = (scene: Scene, step: SettleStep): number => {
  const birth = scene.births.get(step.item.message)
  const stored = scene.stored.get(step.item.message)
  return stored?.bucket ?? (birth === undefined || birth.step === step ? 0 : birth.state.bucket)
}

/** The first event of each key that is about a message known by then. */
const eventsIn = (scene: Scene, steps: readonly SettleStep[]): Map<string, EventRow> => {
  const events = new Map<string, EventRow>()
  if (steps.every(({ item }) => item.event === null)) return events
  const born = new Set<string>()
  for (const step of steps) {
    const { event } = step.item
    if (!isKnown(scene, step, born) || event === null || events.has(event.key)) continue
    const { message } = step.item
    const person = scene.stored.get(message)?.recipientKey ?? scene.births.get(message)?.row.recipientKey
    events.set(event.key, eventAsStored(event, person ?? event.person, bucketBefore(scene, step)))
  }
  return events
}

/** Decides in the order of the steps which observations win, counts them, and leaves the changed states of stored messages. */
const decide = (
  scene: Scene,
  steps: readonly SettleStep[],
  freshEvents: ReadonlySet<string>,
  sums: TallySums,
): Map<string, MessageState> => {
  const changed = new Map<string, MessageState>()
  const unused = new Set(freshEvents)
  for (const step of steps) {
    const { item, shard } = step
    const birth = scene.births.get(item.message)
    const isBirth = birth?.step === step && scene.inserted.has(item.message)
    const state = isBirth || birth?.born ? birth.state : scene.stored.get(item.message)
    if (state === undefined) continue
    const fresh = isBirth ? state.facts : item.facts & ~state.facts
    const isNew = item.event !== null && unused.delete(item.event.key)
    if (!isBirth && fresh === 0 && !isNew && item.attempt <= state.attempt) continue
    step.won = true
    if (isBirth) birth.born = true
    else {
      merge(state, item)
      changed.set(item.message, state)
    }
    const sentIn = isBirth ? 0 : state.bucket
    count(sums, shard, cellsAsStored(item.cells, sentIn), fresh, isNew ? item.raw : null)
  }
  return changed
}

/**
 * Inserts, ORs and counts; marks the steps that have won. Blocks and follow-up work are the caller's, by `won`.
 * First attempts are taken for new messages unless `careful`: see isKnownRow in errors.ts.
 */
export const settle = async (
  session: SqlTransaction,
  s: string,
  steps: readonly SettleStep[],
  sums: TallySums,
  careful: boolean,
): Promise<void> => {
  if (steps.length === 0) return
  for (const step of steps) step.won = false
  const births = birthsIn(steps)
  const inserted = await insertMessages(
    session,
    s,
    [...births.values()].map(({ row }) => row),
    careful || [...births.values()].some(({ step }) => step.item.attempt > 1),
  )
  const others = new Set<string>()
  for (const { item } of steps) if (!inserted.has(item.message)) others.add(item.message)
  const stored = await lockMessages(session, s, [...others])
  const scene: Scene = { births, inserted, stored }
  const freshEvents = await insertEvents(session, s, eventsIn(scene, steps))
  const changed = decide(scene, steps, freshEvents, sums)
  updateMessages(session, s, [...changed])
}
