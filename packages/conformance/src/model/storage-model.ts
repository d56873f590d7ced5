import type { Bundle, Claim, Guard, Outcome, Refusal, StorageReads, Work } from '@mailwright/core'
import { applyChange } from './changes.js'
import { readsOf } from './reads.js'
import { copyOf, emptyState, inOrder, type State } from './rows.js'

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
