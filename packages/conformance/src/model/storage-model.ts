import type { Bundle, Claim, Guard, Outcome, Page, Refusal, StorageReads, Tally, Work } from '@mailwright/core'
import { COUNTERS } from '@mailwright/core'
import { applyChange } from './changes.js'
import { copyOf, emptyState, inOrder, type State, same } from './rows.js'

/** `refusals`: each that may be named. Which one, when several hold, is the adapter's choice, but a guard's goes before a change's. */
export type ModelAnswer =
  | { readonly applied: true; readonly outcomes: readonly Outcome[] }
  | { readonly applied: false; readonly refusals: readonly Refusal[] }

/** What the storage port promises, in the plainest form: lists, copied before each bundle. */
export interface StorageModel {
  apply(bundles: readonly Bundle[]): readonly ModelAnswer[]
  claim(request: Claim): readonly Work[]
  /** Every page holds all there is. */
  readonly read: StorageReads
}

const guardRefusal = (state: State, guard: Guard): Refusal | null => {
  switch (guard.type) {
    case 'present': {
      const found = state.records.find(
        ({ row }) => row.kind === guard.kind && row.account === guard.account && row.id === guard.id,
      )
      if (found === undefined) return { type: 'absent', id: guard.id }
      const differs = guard.version !== undefined && guard.version !== found.row.version
      return differs ? { type: 'version', id: guard.id } : null
    }
    case 'holder': {
      const held = state.works.some(({ row }) => row.id === guard.work && row.token === guard.token)
      return held ? null : { type: 'lease-lost', work: guard.work }
    }
    case 'unheld': {
      const by = state.holds.filter(({ ref }) => ref === guard.ref).map((hold) => hold.by)
      return by.length === 0 ? null : { type: 'held', ref: guard.ref, by }
    }
    case 'once': {
      const { account, key, bodyHash, until, answer } = guard
      const first = state.once.find((one) => one.account === account && one.key === key)
      if (first !== undefined && first.until > guard.now)
        return { type: 'repeated', sameBody: first.bodyHash === bodyHash, answer: first.answer }
      state.once = [...state.once.filter((one) => one !== first), { account, key, bodyHash, until, answer }]
      return null
    }
  }
}

const applyBundle = (state: State, { guards, changes }: Bundle): ModelAnswer => {
  const against = guards.flatMap((guard) => guardRefusal(state, guard) ?? [])
  if (against.length > 0) return { applied: false, refusals: against }
  const answers = changes.map((change) => applyChange(state, change))
  const refusals = answers.flatMap((answer) => ('refusal' in answer ? [answer.refusal] : []))
  if (refusals.length > 0) return { applied: false, refusals }
  return { applied: true, outcomes: answers.flatMap((answer) => ('refusal' in answer ? [] : [answer])) }
}

const claim = (state: State, request: Claim): readonly Work[] => {
  const { kinds, now, expiredBefore, exceptLanes, token, leaseUntil, limit } = request
  const free = state.works.filter(
    ({ row }) =>
      kinds.includes(row.kind) &&
      !exceptLanes.includes(row.lane) &&
      (row.leaseUntil === null ? row.dueAt <= now : row.leaseUntil <= expiredBefore),
  )
  const chosen = inOrder(
    free,
    ({ row }) => row.rank,
    ({ row }) => row.dueAt,
    ({ row }) => row.id,
  ).slice(0, limit)
  for (const { row } of chosen) Object.assign(row, { token, leaseUntil, attempt: row.attempt + 1 })
  return chosen.map(({ row }) => ({ ...row }))
}

const whole = <T>(items: readonly T[]): Page<T> => ({ items, next: null })

const talliesOf = (counted: State['counted']): readonly Tally[] => {
  const cells = counted
    .map(({ cell }) => cell)
    .filter((cell, at, all) => all.findIndex((one) => same(one, cell)) === at)
  const times = (cell: unknown, counter: string) =>
    counted.find((one) => one.counter === counter && same(one.cell, cell))?.times ?? 0
  return cells.map((cell) => ({
    cell,
    counts: Object.fromEntries(COUNTERS.map((counter) => [counter, times(cell, counter)])) as Tally['counts'],
  }))
}

const fits = (asked: string | undefined, value: string): boolean => asked === undefined || asked === value

const readsOf = (now: () => State): StorageReads => ({
  record: async ({ kind, account, id }) =>
    now().records.find(({ row }) => row.kind === kind && row.account === account && row.id === id)?.row ?? null,
  recordByKey: async ({ scope, key }) =>
    now().records.find(({ keys }) => keys.some((one) => one.scope === scope && one.key === key))?.row ?? null,
  records: async ({ kind, account, parent, name, states, order }) => {
    const found = now()
      .records.map(({ row }) => row)
      .filter((row) => row.kind === kind && fits(account, row.account) && fits(parent, row.parent))
      .filter((row) => fits(name, row.name) && (states === undefined || states.includes(row.state)))
    const oldest = inOrder(
      found,
      (row) => row.createdAt,
      (row) => row.id,
    )
    return whole(order === 'oldest' ? oldest : oldest.reverse())
  },
  holds: async (ref) =>
    now()
      .holds.filter((hold) => hold.ref === ref)
      .map(({ by }) => by),
  recipients: async ({ group, generation, lane, from, to }) => {
    const rows = now().recipients.filter((one) => one.group === group && one.generation === generation)
    const asked = rows.map(({ row }) => row).filter((row) => row.lane === lane && row.seq >= from && row.seq < to)
    return inOrder(asked, (row) => row.seq)
  },
  knownKeys: async ({ group, generation, keys }) =>
    keys.filter((key) =>
      now().recipients.some((one) => one.group === group && one.generation === generation && one.row.key === key),
    ),
  blocks: async (keys) => now().blocks.filter((row) => keys.includes(row.key)),
  blocksPage: async ({ kind, account }) => {
    const rows = now().blocks.filter((row) => row.kind === kind && row.account === account)
    return whole(
      inOrder(
        rows,
        (row) => row.key,
        (row) => row.scope,
      ),
    )
  },
  quota: async ({ scope, day }) => now().quotas.find((row) => row.scope === scope && row.day === day) ?? null,
  tallies: async ({ cube, account, from, to, domain, task }) =>
    talliesOf(
      now().counted.filter(
        ({ cell }) =>
          cell.cube === cube &&
          cell.account === account &&
          cell.bucket >= from &&
          cell.bucket < to &&
          fits(domain, cell.domain) &&
          fits(task, cell.task),
      ),
    ),
  messages: async (ids) => now().messages.filter((row) => ids.includes(row.id)),
  messagesPage: async ({ account, task, origin, recipientKey, from, to }) => {
    const found = now().messages.filter(
      (row) =>
        row.account === account &&
        fits(task, row.task) &&
        fits(origin, row.origin) &&
        fits(recipientKey, row.recipientKey) &&
        (from === undefined || row.acceptedAt >= from) &&
        (to === undefined || row.acceptedAt < to),
    )
    return whole(
      inOrder(
        found,
        (row) => row.acceptedAt,
        (row) => row.id,
      ).reverse(),
    )
  },
  events: async (message) =>
    inOrder(
      now().events.filter((row) => row.message === message),
      (row) => row.at,
      (row) => row.key,
    ),
  works: async ({ kind, parent }) => {
    const rows = now().works.map(({ row }) => row)
    return inOrder(
      rows.filter((row) => row.kind === kind && row.parent === parent),
      (row) => row.key,
    )
  },
  nextDue: async ({ kinds, takeoverMs }) => {
    const rows = now().works.filter(({ row }) => kinds.includes(row.kind))
    const times = rows.map(({ row }) => (row.leaseUntil === null ? row.dueAt : row.leaseUntil + takeoverMs))
    return times.length === 0 ? null : Math.min(...times)
  },
  ranks: async ({ kind, account }) => {
    const waiting = now()
      .works.map(({ row }) => row)
      .filter((row) => row.kind === kind && row.token === null)
    const all = waiting.map((row) => row.rank)
    const own = waiting.filter((row) => row.account === account).map((row) => row.rank)
    return { floor: all.length === 0 ? null : Math.min(...all), last: own.length === 0 ? null : Math.max(...own) }
  },
  epochs: async (keys) => keys.map((key) => now().epochs.filter((one) => one === key).length),
})

export const createStorageModel = (): StorageModel => {
  let state = emptyState()
  const applyOne = (bundle: Bundle): ModelAnswer => {
    const scratch = copyOf(state)
    const answer = applyBundle(scratch, bundle)
    if (answer.applied) state = scratch
    return answer
  }
  return {
    apply: (bundles) => bundles.map(applyOne),
    claim: (request) => claim(state, request),
    read: readsOf(() => state),
  }
}
