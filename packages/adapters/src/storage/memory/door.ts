import {
  type Bundle,
  type Change,
  type FollowUp,
  type Guard,
  MailError,
  type NewWork,
  type Observation,
} from '@mailwright/core'
import { frozenJson, frozenObject } from './frozen.js'

/*
 * Everything nested is copied before anything is applied: a value that cannot be stored rejects the whole call with nothing written,
 * and the stored rows share nothing with the caller's. Flat rows are copied where they are stored.
 */

const work = (item: NewWork): NewWork => ({ ...item, ref: frozenObject(item.ref) })

const observation = (item: Observation): Observation => {
  if (item.event === null && item.work === null) return item
  const event = item.event && Object.freeze({ ...item.event, detail: frozenObject(item.event.detail) })
  return { ...item, event, work: item.work && work(item.work) }
}

const followUp = (item: FollowUp): FollowUp => ({
  work: work(item.work),
  parts: item.parts.map(({ item: index, part }) => ({ item: index, part: frozenJson(part) })),
})

const guard = (item: Guard): Guard => (item.type === 'once' ? { ...item, answer: frozenJson(item.answer) } : item)

const change = (item: Change): Change => {
  switch (item.type) {
    case 'record.put':
      return { ...item, record: { ...item.record, data: frozenObject(item.record.data) } }
    case 'work.put':
      return { ...item, items: item.items.map(work) }
    case 'work.release':
      return { ...item, items: item.items.map((one) => (one.ref ? { ...one, ref: frozenObject(one.ref) } : one)) }
    case 'settle':
      return { ...item, items: item.items.map(observation), follow: (item.follow ?? []).map(followUp) }
    default:
      return item
  }
}

/**
 * The bundles with all nested values copied and frozen.
 * @throws ADAPTER_FAILED for a value that cannot be stored (one that holds itself).
 */
export const admit = (bundles: readonly Bundle[]): readonly Bundle[] => {
  try {
    return bundles.map(({ guards, changes }) => ({ guards: guards.map(guard), changes: changes.map(change) }))
  } catch (cause) {
    throw new MailError('ADAPTER_FAILED', { adapter: 'memory' }, { cause })
  }
}
