import type { Bundle, BundleResult, Change, Claim, Guard, Refusal, Storage } from '@mailwright/core'
import fc from 'fast-check'
import type { Runner } from '../runner.js'
import { t0 } from '../storage/builders.js'
import { type Command, commands } from './commands.js'
import { dump, plain } from './dump.js'
import { createStorageModel, type ModelAnswer } from './storage-model.js'

export interface StorageModelOptions {
  readonly runner: Runner
  /** An empty, migrated storage for each run. */
  readonly create: () => Promise<Storage>
  readonly dispose?: (storage: Storage) => Promise<void>
  /** How many random sequences of commands; 100 if left out. */
  readonly runs?: number
  /** Repeats a run that failed. */
  readonly seed?: number
  /** Whether to look for the shortest sequence that fails; true if left out. */
  readonly shrink?: boolean
}

interface Lease {
  readonly id: string
  readonly token: string
}

const known = (name: string, leases: readonly Lease[]): Lease => {
  const none = { id: 'no work', token: 'no token' }
  return name.startsWith('#')
    ? (leases[leases.length - 1 - (Number(name.slice(1)) % leases.length)] ?? none)
    : { id: name, token: name }
}

const realGuard = (guard: Guard, leases: readonly Lease[]): Guard => {
  if (guard.type !== 'holder') return guard
  const { id, token } = known(guard.work, leases)
  return { ...guard, work: id, token }
}

/** Puts real leases, and a time that goes forwards, in the place of what the command leaves open. */
const realChange = (change: Change, leases: readonly Lease[], step: number): Change => {
  switch (change.type) {
    case 'window.take':
      return { ...change, at: t0 + step * 4 }
    case 'window.book': {
      const from = t0 + step * 4
      return {
        ...change,
        from,
        ...(change.unused && { unused: { ...change.unused, at: from - change.unused.at * 4 } }),
      }
    }
    case 'work.advance':
      return { ...change, ...known(change.id, leases) }
    case 'work.release':
      return { ...change, items: change.items.map((item) => ({ ...item, ...known(item.id, leases) })) }
    case 'work.finish':
      return { ...change, items: change.items.map((item) => known(item.id, leases)) }
    default:
      return change
  }
}

const comparable = (refusal: Refusal): unknown =>
  plain(refusal.type === 'window-full' ? { ...refusal, keys: [...refusal.keys].sort() } : refusal)

/** How many rows it has to fold is the adapter's own affair; the model has none. */
const withoutFolded = (result: BundleResult, changes: readonly Change[]): BundleResult =>
  result.applied
    ? {
        applied: true,
        outcomes: result.outcomes.map((outcome, at) =>
          changes[at]?.type === 'fold' ? { type: 'counted', count: 0 } : outcome,
        ),
      }
    : result

/** The adapter's answer, with one of the model's possible refusals beside it if it is among them, else the model's first. */
const sideBySide = (
  answer: ModelAnswer | undefined,
  result: BundleResult,
  changes: readonly Change[],
): readonly [unknown, unknown] => {
  if (answer === undefined || answer.applied || result.applied)
    return [plain(withoutFolded(result, changes)), plain(answer)]
  const named = JSON.stringify(comparable(result.refusal))
  const possible = answer.refusals.map(comparable)
  return [comparable(result.refusal), possible.find((one) => JSON.stringify(one) === named) ?? possible[0]]
}

/** The runner's own comparison is slow; it is asked only for its report, when the two differ. */
const mustEqual = (expect: Runner['expect'], actual: unknown, expected: unknown): void => {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual).toEqual(expected)
}

const follow = async (storage: Storage, list: readonly Command[], expect: Runner['expect']): Promise<void> => {
  const model = createStorageModel()
  const leases: Lease[] = []
  const runBundles = async (given: readonly Bundle[], step: number): Promise<void> => {
    const bundles = given.map(({ guards, changes }) => ({
      guards: guards.map((guard) => realGuard(guard, leases)),
      changes: changes.map((change) => realChange(change, leases, step)),
    }))
    const answers = model.apply(bundles)
    const results = await storage.apply(bundles)
    expect(results.length).toBe(bundles.length)
    for (const [index, result] of results.entries()) {
      const [actual, expected] = sideBySide(answers[index], result, bundles[index]?.changes ?? [])
      mustEqual(expect, actual, expected)
    }
  }
  for (const [step, command] of list.entries()) {
    if (command.type === 'apply') await runBundles(command.bundles, step)
    else {
      const now = t0 + command.after
      const { kinds, limit, exceptLanes } = command
      const times = { now, leaseUntil: now + 10, expiredBefore: now - 5 }
      const request: Claim = { kinds, limit, exceptLanes, ...times, token: `token-${step}` }
      const expected = model.claim(request)
      mustEqual(expect, plain(await storage.claim(request)), plain(expected))
      leases.push(...expected.map(({ id }) => ({ id, token: request.token })))
    }
  }
  mustEqual(expect, await dump(storage.read), await dump(model.read))
}

/** Random commands get the same answers from the storage as from the plain model, and leave the same things behind. */
export const storageModelCase = (options: StorageModelOptions): void => {
  const { runner, create, dispose, runs = 100, seed, shrink = true } = options
  const oneRun = async (list: readonly Command[]): Promise<void> => {
    const storage = await create()
    try {
      await follow(storage, list, runner.expect)
    } finally {
      await dispose?.(storage)
    }
  }
  const parameters = { numRuns: runs, endOnFailure: !shrink, ...(seed === undefined ? {} : { seed }) }
  runner.describe('storage model', () => {
    runner.it('storage/model/random-commands-same-answers', () =>
      fc.assert(fc.asyncProperty(commands, oneRun), parameters),
    )
  })
}
