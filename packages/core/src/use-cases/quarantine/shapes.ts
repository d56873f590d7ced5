import type { JsonObject, StoredRecord, Work } from '../../ports/rows.js'
import type { RecordKind } from '../stored.js'

/** What must be there for a row to be of use; nullable and later fields are not named, so that rows of other versions pass. */
type Shape = Readonly<Record<string, 'string' | 'number' | 'boolean' | 'list' | 'object'>>

const records: Partial<Readonly<Record<RecordKind, Shape>>> = {
  domain: { name: 'string', keys: 'list', rows: 'list' },
  sender: { address: 'string', domain: 'string' },
  template: { name: 'string', type: 'string', latest: 'string' },
  'template-version': { type: 'string', body: 'string', variables: 'list' },
  group: { name: 'string', generation: 'number', lanes: 'object', rows: 'number' },
  task: { schedule: 'object', domain: 'string', group: 'string', waiting: 'number' },
  run: { task: 'string', group: 'string', lanes: 'object', rows: 'number', templateVersion: 'string', from: 'object' },
  request: { kind: 'string', domain: 'string', from: 'object', to: 'list', subject: 'string', values: 'object' },
  callback: { url: 'string', secrets: 'list' },
  'parked-callbacks': { parts: 'list' },
}

/** A state that nobody knows is as good as none: what a record of it may do, nobody can say. */
const states: Partial<Readonly<Record<RecordKind, readonly string[]>>> = {
  domain: ['pending', 'verified', 'lost'],
  group: ['empty', 'importing', 'ready'],
  task: ['to-start', 'sending', 'paused', 'failed', 'done', 'cancelled'],
  run: ['open', 'done', 'cancelled'],
  'template-version': ['approved', 'pending', 'rejected'],
  callback: ['active', 'gone'],
}

const chunk: Shape = {
  run: 'string',
  account: 'string',
  lane: 'string',
  from: 'number',
  to: 'number',
  idBase: 'string',
}
const mail: Shape = { quotaDay: 'string', mayHaveLeft: 'boolean' }
const works: Readonly<Record<string, Shape>> = {
  chunk,
  send: mail,
  retry: mail,
  postponed: mail,
  straggler: mail,
  callback: { parts: 'list' },
  track: { kind: 'string', at: 'number', tries: 'number' },
  upkeep: { chore: 'string' },
}

const is = (value: unknown, wanted: Shape[string]): boolean =>
  wanted === 'list'
    ? Array.isArray(value)
    : wanted === 'object'
      ? typeof value === 'object' && value !== null && !Array.isArray(value)
      : typeof value === wanted

const misfit = (data: JsonObject, shape: Shape | undefined): string | null => {
  for (const field in shape) {
    const wanted = shape[field]
    if (wanted !== undefined && !is(data[field], wanted)) return `${field} is no ${wanted}`
  }
  return null
}

/** What is wrong with a record as it is stored; null: it can be worked with. */
export function recordDamage({ kind, state, data, damage }: StoredRecord): string | null {
  if (damage !== undefined) return damage
  const known = states[kind as RecordKind]
  if (known && !known.includes(state)) return 'unknown state'
  return misfit(data, records[kind as RecordKind])
}

/** What is wrong with a work row; null: it can be worked on. */
export const workDamage = ({ kind, ref, damage }: Work): string | null => damage ?? misfit(ref, works[kind])
