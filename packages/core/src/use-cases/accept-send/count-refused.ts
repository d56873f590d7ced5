import { isSimulated } from '../../domain/delivery/index.js'
import { cellsOf, liveCellOf } from '../../domain/statistics/index.js'
import { isMailError } from '../../errors/mail-error.js'
import type { CountItem } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { domainOfKey } from '../dispatch/outgoing.js'
import type { Submit } from './coalesce.js'
import type { Recipient, Submission } from './submission.js'

/** What the gates of a send refused: requests that are counted although no message stands behind them (STA-1). */
export function refusedItems(
  { account, domain, template }: Submission,
  refused: readonly Recipient[],
  now: Instant,
): readonly CountItem[] {
  const byDomain = new Map<string, number>()
  for (const { address } of refused) {
    const name = domainOfKey(address.key)
    if (!isSimulated(name)) byDomain.set(name, (byDomain.get(name) ?? 0) + 1)
  }
  return [...byDomain].map(([recipientDomain, by]) => {
    const counted = { account, at: now, senderDomain: domain.data.name, recipientDomain, template, task: '' }
    return { cells: [...cellsOf(counted), liveCellOf(counted, now)], counter: 'refused', by }
  })
}

/** Told by a send that is about to throw because everybody was refused. */
export type NoteRefused = (items: readonly CountItem[]) => void

/**
 * Counts what a call refused that stores nothing else. Around the idempotency, so that a repetition that gets the first answer counts nothing.
 * Should the count not be stored, the caller still learns why the mail was refused.
 */
export async function countingRefused<T>(
  ctx: Pick<Context, 'shard' | 'logger'>,
  submit: Submit,
  call: (note: NoteRefused) => Promise<T>,
): Promise<T> {
  let items: readonly CountItem[] = []
  try {
    return await call((given) => {
      items = given
    })
  } catch (error) {
    // A failure of the storage is no refusal: what was noted before it may have been judged on what has changed since.
    if (items.length > 0 && !(isMailError(error) && error.kind === 'adapter')) {
      await submit(bundle([{ type: 'count', shard: ctx.shard, items }])).catch((failure: unknown) =>
        ctx.logger.log('warn', 'refusals-not-counted', { count: items.length, error: failure }),
      )
    }
    throw error
  }
}
