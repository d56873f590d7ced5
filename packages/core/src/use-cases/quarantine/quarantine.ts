import { isMailError } from '../../errors/mail-error.js'
import type { Work } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { parkWork } from './parked-work.js'
import { workDamage } from './shapes.js'

/** Keeps work that cannot be done from coming back for ever: it is parked, named and left alone, and everything else goes on. */
export interface Quarantine {
  /** The works that can be read; the others are parked. */
  readable(works: readonly Work[]): Promise<readonly Work[]>
  /** Its handling has thrown. Parked at once if what it needs cannot be read, after `policy.parkAfterFailures` if it keeps throwing. Never rejects. */
  failed(work: Work, error: unknown): Promise<void>
}

/** Works whose failures are counted at a time. */
const COUNTED = 10_000

/** A storage or a dependency that is away: nobody's work is at fault, and it comes back when its lease ends. */
export const isPassing = (error: unknown): boolean =>
  isMailError(error) && error.kind === 'adapter' && error.code !== 'DATA_CORRUPT'

export function createQuarantine(ctx: Context): Quarantine {
  const failures = new Map<string, number>()

  const count = (id: string): number => {
    const times = (failures.get(id) ?? 0) + 1
    failures.delete(id)
    failures.set(id, times)
    const [oldest] = failures.keys()
    if (failures.size > COUNTED && oldest !== undefined) failures.delete(oldest)
    return times
  }

  const park = async (work: Work, why: string): Promise<void> => {
    const { id, kind, account } = work
    try {
      if (!(await parkWork(ctx, work, why))) return
      failures.delete(id)
      ctx.logger.log('error', 'work-parked', { work: id, kind, account, why })
    } catch (error) {
      ctx.logger.log('error', 'work-not-parked', { work: id, kind, account, why, error })
    }
  }

  return {
    async readable(works) {
      const sound: Work[] = []
      for (const work of works) {
        const why = workDamage(work)
        if (why === null) sound.push(work)
        else await park(work, `the work row cannot be read: ${why}`)
      }
      return sound
    },
    async failed(work, error) {
      const { id, kind, account } = work
      ctx.logger.log('error', 'work-failed', { work: id, kind, account, error, stack: error })
      if (isPassing(error)) return
      if (isMailError(error, 'DATA_CORRUPT')) await park(work, corruptWhy(error.details))
      else if (count(id) >= ctx.policy.parkAfterFailures) await park(work, `its handling throws: ${nameOf(error)}`)
    },
  }
}

const corruptWhy = ({ kind, id }: Readonly<Record<string, unknown>>): string =>
  `what it needs cannot be read: ${String(kind)} ${String(id ?? '')}`.trim()

/** Without what the error says, which may quote a person's address (ERR-2). */
const nameOf = (error: unknown): string =>
  isMailError(error) ? error.code : error instanceof Error ? error.name : typeof error
