import type { Change, Outcome, Refusal } from '@mailwright/core'
import { erase, eraseRecipient, purge } from './removals.js'
import { type State, same } from './rows.js'
import { add, follow, putBlock, putWork, settle } from './settle.js'

const done: Outcome = { type: 'done' }

const isRow = (row: { kind: string; account: string; id: string }, kind: string, account: string, id: string) =>
  row.kind === kind && row.account === account && row.id === id

const heldBy = (state: State, id: string, token: string) =>
  state.works.find(({ row }) => row.id === id && row.token === token)

/** Answers `lost` for the items that do not take. */
const bulk = <T>(items: readonly T[], takes: (item: T) => boolean): Outcome => {
  const taken = items.map(takes)
  return { type: 'bulk', lost: taken.flatMap((took, index) => (took ? [] : [index])) }
}

/** Applies one change to the state, or answers why it cannot be. */
export const applyChange = (state: State, change: Change): Outcome | { readonly refusal: Refusal } => {
  switch (change.type) {
    case 'record.put': {
      const { record, expect, keys } = change
      const former = state.records.find(({ row }) => row.id === record.id)
      if (expect === 'absent' && former !== undefined) return { refusal: { type: 'version', id: record.id } }
      if (expect !== 'absent') {
        if (former === undefined || !isRow(former.row, record.kind, record.account, record.id))
          return { refusal: { type: 'absent', id: record.id } }
        if (former.row.version !== expect) return { refusal: { type: 'version', id: record.id } }
      }
      const others = state.records.filter((other) => other !== former)
      const taken = keys?.find((key) => others.some((other) => other.keys.some((one) => same(one, key))))
      if (taken !== undefined) return { refusal: { type: 'key-taken', ...taken } }
      const row = { ...record, version: (former?.row.version ?? 0) + 1 }
      state.records = [...others, { row, keys: keys ?? former?.keys ?? [] }]
      return done
    }
    case 'record.drop': {
      const former = state.records.find(({ row }) => isRow(row, change.kind, change.account, change.id))
      if (former === undefined) return { refusal: { type: 'absent', id: change.id } }
      if (change.expect !== undefined && former.row.version !== change.expect)
        return { refusal: { type: 'version', id: change.id } }
      state.records = state.records.filter((other) => other !== former)
      state.holds = state.holds.filter(({ by }) => by !== change.id)
      return done
    }
    case 'slot': {
      const { key, by, limit } = change
      const taken = state.slots.find((slot) => slot.key === key)?.taken ?? 0
      if (by > 0 && taken + by > limit) return { refusal: { type: 'slot-full', key, limit } }
      state.slots = [...state.slots.filter((slot) => slot.key !== key), { key, taken: Math.max(0, taken + by) }]
      return done
    }
    case 'hold': {
      const { kind, account, ref, by, on } = change
      if (!state.records.some(({ row }) => isRow(row, kind, account, ref)))
        return { refusal: { type: 'absent', id: ref } }
      const has = state.holds.some((hold) => hold.ref === ref && hold.by === by)
      if (on && !has) state.holds.push({ ref, by })
      if (!on) state.holds = state.holds.filter((hold) => hold.ref !== ref || hold.by !== by)
      return done
    }
    case 'window.take': {
      const { keys, at, windowMs, limit } = change
      const hits = (key: string) => state.hits.filter((hit) => hit.key === key && hit.at > at - windowMs).length
      const full = keys.filter((key) => hits(key) >= limit)
      if (full.length > 0) return { refusal: { type: 'window-full', keys: full } }
      state.hits.push(...keys.map((key) => ({ key, at })))
      return done
    }
    case 'window.book':
      return bookWindow(state, change)
    case 'quota.take':
    case 'quota.return':
    case 'quota.raise':
    case 'quota.block':
      return quota(state, change)
    case 'work.put':
      return bulk(change.items, (item) => putWork(state, item, change.sooner === true))
    case 'work.advance': {
      const work = heldBy(state, change.id, change.token)
      if (work !== undefined) {
        work.row.startedThrough = Math.max(work.row.startedThrough, change.startedThrough)
        work.row.leaseUntil = Math.max(work.row.leaseUntil ?? 0, change.leaseUntil)
      }
      const epochs = change.watch.map((key) => state.epochs.filter((one) => one === key).length)
      return { type: 'advanced', held: work !== undefined, epochs }
    }
    case 'work.release':
      return bulk(change.items, ({ id, token, dueAt, ...given }) => {
        const work = heldBy(state, id, token)
        if (work === undefined) return false
        const due = Math.min(dueAt, work.rungAt ?? dueAt)
        Object.assign(work.row, { token: null, leaseUntil: null, startedThrough: 0, dueAt: due, ...given })
        work.rungAt = null
        return true
      })
    case 'work.finish':
      return bulk(change.items, ({ id, token }) => {
        const work = heldBy(state, id, token)
        if (work === undefined) return false
        const { rungAt } = work
        if (rungAt === null) state.works = state.works.filter((other) => other !== work)
        else Object.assign(work.row, { token: null, leaseUntil: null, startedThrough: 0, dueAt: rungAt })
        work.rungAt = null
        return true
      })
    case 'work.drop':
      state.works = state.works.filter(({ row }) => row.kind !== change.kind || row.parent !== change.parent)
      return done
    case 'settle': {
      const won = change.items.map((item) => settle(state, item))
      for (const one of change.follow ?? []) follow(state, one, won)
      return { type: 'bulk', lost: won.flatMap((has, index) => (has ? [] : [index])) }
    }
    case 'count':
      for (const { cells, counter, by } of change.items) for (const cell of cells) add(state, cell, counter, by)
      return done
    case 'block.put':
      for (const item of change.items) putBlock(state, item, change.unlessLater ?? false)
      return done
    case 'block.drop': {
      const id = (row: (typeof change.items)[number]) => [row.kind, row.account, row.scope, row.key]
      state.blocks = state.blocks.filter((row) => !change.items.some((item) => same(id(item), id(row))))
      return done
    }
    case 'epoch.bump':
      state.epochs.push(...change.keys)
      return done
    case 'recipients.append':
      for (const row of change.rows) {
        const place = { group: change.group, generation: change.generation }
        const taken = state.recipients.some((one) =>
          same(
            [one.group, one.generation, one.row.lane, one.row.seq],
            [place.group, place.generation, row.lane, row.seq],
          ),
        )
        if (!taken) state.recipients.push({ ...place, row })
      }
      return done
    case 'recipients.drop':
      state.recipients = state.recipients.filter(
        ({ group, generation, row }) =>
          group !== change.group ||
          generation !== change.generation ||
          (change.from !== undefined && row.seq < (change.from[row.lane] ?? 0)),
      )
      return done
    case 'recipients.erase':
      eraseRecipient(state, change)
      return done
    case 'erase':
      return { type: 'counted', count: erase(state, change) }
    case 'fold':
      return { type: 'counted', count: 0 }
    case 'purge':
      return { type: 'counted', count: purge(state, change) }
  }
}

/** Tries one instant after the other. */
const bookWindow = (state: State, change: Extract<Change, { type: 'window.book' }>): Outcome => {
  const { key, count, least = count, from, windowMs, limit, unused } = change
  for (let left = unused?.count ?? 0; left > 0; left -= 1) {
    const at = state.hits.findIndex((hit) => hit.key === key && hit.at === unused?.at)
    if (at >= 0) state.hits.splice(at, 1)
  }
  let at = from
  const others = () => state.hits.filter((hit) => hit.key === key && hit.at > at - windowMs).length
  while (count > 0 && others() + least > limit) at += 1
  const booked = count > 0 ? Math.min(count, limit - others()) : 0
  for (let left = booked; left > 0; left -= 1) state.hits.push({ key, at })
  return { type: 'booked', at, count: booked }
}

const quota = (state: State, change: Extract<Change, { type: `quota.${string}` }>): Outcome | { refusal: Refusal } => {
  const { scope, day } = change
  let row = state.quotas.find((one) => one.scope === scope && one.day === day)
  if (row === undefined) {
    if (change.type === 'quota.return') return done
    const ceiling = change.type === 'quota.take' ? change.ceiling : change.type === 'quota.raise' ? change.to : 0
    row = { scope, day, granted: 0, ceiling, blocked: false }
    state.quotas.push(row)
  }
  if (change.type === 'quota.take') {
    if (row.blocked || row.granted + change.count > row.ceiling) return { refusal: { type: 'quota', ...row } }
    row.granted += change.count
  }
  if (change.type === 'quota.return') row.granted = Math.max(0, row.granted - change.count)
  if (change.type === 'quota.raise') row.ceiling = Math.max(row.ceiling, change.to)
  if (change.type === 'quota.block') row.blocked = true
  return done
}
