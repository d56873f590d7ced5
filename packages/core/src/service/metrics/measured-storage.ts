import { isMailError } from '../../errors/mail-error.js'
import { type Metrics, type StorageOperation, WORK_LABELS } from '../../ports/metrics.js'
import type { StorageReads } from '../../ports/reads.js'
import type { Work } from '../../ports/rows.js'
import type { Storage } from '../../ports/storage.js'
import { countApplied } from './count-applied.js'

type WorkLabel = (typeof WORK_LABELS)[number]

/** The same storage; tells `metrics` how long its calls took, what failed and what was stored. */
export function measuredStorage(storage: Storage, metrics: Metrics): Storage {
  const timed = async <T>(operation: StorageOperation, call: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    try {
      return await call()
    } catch (error) {
      // A refusal is an answer, and so is being asked to come again.
      if (!isMailError(error) || error.kind === 'adapter') metrics.add('storage.errors', 1, { operation })
      throw error
    } finally {
      metrics.observe('storage.duration', seconds(began), { operation })
    }
  }
  return {
    name: storage.name,
    capabilities: storage.capabilities,
    migrate: () => storage.migrate(),
    time: () => timed('read', () => storage.time()),
    async apply(bundles, options) {
      const began = performance.now()
      const results = await timed('apply', () => storage.apply(bundles, options))
      const { results: count } = countApplied(metrics, bundles, results)
      if (count > 0) {
        metrics.observe('flush.results', count, {})
        metrics.observe('flush.duration', seconds(began), {})
      }
      return results
    },
    async claim(request) {
      const works = await timed('claim', () => storage.claim(request))
      countClaimed(metrics, works, request.now)
      return works
    },
    read: measuredReads(storage.read, (call) => timed('read', call)),
    close: () => storage.close(),
  }
}

const seconds = (began: number): number => (performance.now() - began) / 1_000

function countClaimed(metrics: Metrics, works: readonly Work[], now: number): void {
  const byKind = new Map<WorkLabel, { count: number; oldest: number }>()
  for (const { kind, dueAt } of works) {
    const work = WORK_LABELS.find((label) => label === kind)
    if (!work) continue
    const known = byKind.get(work)
    byKind.set(work, { count: (known?.count ?? 0) + 1, oldest: Math.min(known?.oldest ?? now, dueAt) })
  }
  for (const [work, { count, oldest }] of byKind) {
    metrics.add('work.claimed', count, { work })
    metrics.observe('work.wait', (now - oldest) / 1_000, { work })
  }
}

/** Whatever questions there are. */
function measuredReads(read: StorageReads, timed: <T>(call: () => Promise<T>) => Promise<T>): StorageReads {
  return new Proxy(read, {
    get(target, name, receiver) {
      const question: unknown = Reflect.get(target, name, receiver)
      if (typeof question !== 'function') return question
      return (...given: readonly unknown[]) => timed(() => question.apply(target, given) as Promise<unknown>)
    },
  })
}
