import type {
  Bundle,
  BundleResult,
  CallerTx,
  Change,
  Claim,
  Guard,
  Instant,
  Outcome,
  Page,
  Storage,
  Work,
} from '@mailwright/core'
import type { Case } from '../register-cases.js'
import type { Runner } from '../runner.js'
import { second, t0 } from './builders.js'

/** Opens a transaction of the host, gives it to `use`, commits when `use` resolves and rolls back when it rejects. */
export type HostTransaction = (storage: Storage, use: (tx: CallerTx) => Promise<void>) => Promise<void>

/** What a case is given: an empty storage of its own and the test runner's `expect`. */
export interface Bench {
  readonly storage: Storage
  readonly expect: Runner['expect']
  /** Ends the storage as the end of its process would, and opens it anew. */
  readonly reopen: (storage: Storage) => Promise<Storage>
  readonly transaction: HostTransaction | null
}

export type StorageCase = Case<Bench>

export const applyOne = async (
  storage: Storage,
  changes: readonly Change[],
  guards: readonly Guard[] = [],
): Promise<BundleResult> => {
  const [result] = await storage.apply([{ guards, changes }])
  if (result === undefined) throw new Error('apply answered no result for one bundle')
  return result
}

/** Applies one bundle that the case relies on, and answers its outcomes. */
export const mustApply = async (
  storage: Storage,
  changes: readonly Change[],
  guards: readonly Guard[] = [],
): Promise<readonly Outcome[]> => {
  const result = await applyOne(storage, changes, guards)
  if (!result.applied) throw new Error(`a bundle that should be applied was refused: ${JSON.stringify(result.refusal)}`)
  return result.outcomes
}

/** What refused the bundle, or 'applied'. */
export const refusalOf = async (
  storage: Storage,
  changes: readonly Change[],
  guards: readonly Guard[] = [],
): Promise<string> => {
  const result = await applyOne(storage, changes, guards)
  return result.applied ? 'applied' : result.refusal.type
}

export const claimOf = (given: Partial<Claim> = {}): Claim => {
  const now = given.now ?? t0
  return {
    kinds: ['chunk'],
    now,
    leaseUntil: now + 60 * second,
    expiredBefore: now - 5 * second,
    token: 'token-1',
    limit: 100,
    exceptLanes: [],
    ...given,
  }
}

/** Claims work that must be there; answers the first. */
export const mustClaim = async (storage: Storage, given: Partial<Claim> = {}): Promise<Work> => {
  const [work] = await storage.claim(claimOf(given))
  if (work === undefined) throw new Error('a claim that should lease work leased none')
  return work
}

export const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map((row) => row.id)

/** Starts all at once and answers all results, so that a race ends only when everybody has. */
export const race = async <T>(count: number, racer: (index: number) => Promise<T>): Promise<readonly T[]> => {
  let open: () => void = () => undefined
  const barrier = new Promise<void>((resolve) => {
    open = resolve
  })
  const runs = Array.from({ length: count }, async (_, index) => {
    await barrier
    return racer(index)
  })
  open()
  return Promise.all(runs)
}

export const countApplied = (results: readonly BundleResult[]): number =>
  results.filter((result) => result.applied).length

/** Follows the cursors to the end. */
export const allPages = async <T>(page: (cursor: string | undefined) => Promise<Page<T>>): Promise<readonly T[]> => {
  const rows: T[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await page(cursor)
    rows.push(...items)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return rows
}

export const bundle = (changes: readonly Change[], guards: readonly Guard[] = []): Bundle => ({ guards, changes })

export const later = (seconds: number): Instant => t0 + seconds * second
