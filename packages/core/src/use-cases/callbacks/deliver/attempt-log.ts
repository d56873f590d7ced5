import type { Change } from '../../../ports/changes.js'
import type { Instant } from '../../../ports/clock.js'
import { bundle, tryBundle } from '../../apply-bundle.js'
import type { Context } from '../../context.js'
import { insertRecord } from '../../stored.js'
import type { AttemptEntry, CallbackPart } from '../callback-records.js'
import type { Endpoint } from '../endpoints.js'
import { webhookId } from '../webhook-id.js'
import type { Told } from './post-event.js'

const EVERY_MS = 5_000
const ENTRIES_PER_RECORD = 250
/** While the storage is away older attempts are forgotten: what they were about is not. */
const KEPT_MAX = 5_000

/**
 * What was posted, for people who ask why something did not arrive (`callbacks.attempts`). Written every few seconds, one record per endpoint, so that a
 * callback costs no write of its own; a kill loses the last seconds of this log and no event.
 */
export interface AttemptLog {
  add(endpoint: Endpoint, part: CallbackPart, told: Told, began: Instant): void
  /** Writes what there is. */
  flush(): Promise<void>
}

interface Entry {
  readonly account: string
  readonly endpoint: string
  readonly entry: AttemptEntry
}

export function createAttemptLog(ctx: Context): AttemptLog {
  let entries: Entry[] = []
  let called = false

  const flush = async (): Promise<void> => {
    const taken = entries
    entries = []
    if (taken.length === 0) return
    try {
      await tryBundle(ctx, bundle(recordsOf(ctx, taken)))
    } catch (error) {
      ctx.logger.log('warn', 'attempts-not-logged', { count: taken.length, error })
      entries = [...taken, ...entries].slice(-KEPT_MAX)
    }
  }

  return {
    add(endpoint, part, told, began) {
      if (told.type === 'aborted' || told.type === 'moot') return
      const at = ctx.clock.now()
      const entry: AttemptEntry = {
        webhookId: webhookId(endpoint.id, part.key),
        event: part.event,
        message: part.message,
        at,
        attempt: part.tries + 1,
        tookMs: at - began,
        why: told.type === 'told' ? null : told.why,
      }
      entries.push({ account: endpoint.account, endpoint: endpoint.id, entry })
      if (called) return
      called = true
      ctx.after(EVERY_MS, () => {
        called = false
        void flush()
      })
    },
    flush,
  }
}

function recordsOf(ctx: Context, entries: readonly Entry[]): readonly Change[] {
  const now = ctx.clock.now()
  const groups = new Map<string, Entry[]>()
  for (const one of entries) {
    const group = groups.get(one.endpoint)
    if (group) group.push(one)
    else groups.set(one.endpoint, [one])
  }
  return [...groups.values()].flatMap((group) => {
    const pages: Change[] = []
    for (let from = 0; from < group.length; from += ENTRIES_PER_RECORD) {
      const page = group.slice(from, from + ENTRIES_PER_RECORD)
      const [first] = page
      if (!first) continue
      pages.push(
        insertRecord({
          kind: 'callback-attempts',
          account: first.account,
          id: ctx.ids.next('record'),
          parent: first.endpoint,
          state: page.some(({ entry }) => entry.why !== null) ? 'failed' : 'told',
          createdAt: now,
          data: { entries: page.map(({ entry }) => entry) },
        }),
      )
    }
    return pages
  })
}
