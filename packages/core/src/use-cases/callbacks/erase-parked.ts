import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { each, find, type Stored, updateRecord } from '../stored.js'

/**
 * Takes what is known of these messages beyond their ids out of what is parked (GRP-8): replies name addresses. What waits to be tried keeps it until it is
 * told or parked, at most 72 hours, and tells none of it.
 */
export async function eraseParked(ctx: Context, account: string, messages: ReadonlySet<string>): Promise<void> {
  if (messages.size === 0) return
  for await (const record of each(ctx, 'parked-callbacks', { account })) {
    let left: Stored<'parked-callbacks'> = record
    while (names(left, messages)) {
      const parts = left.data.parts.map((part) => (messages.has(part.message) ? { ...part, detail: {} } : part))
      if ((await tryBundle(ctx, bundle([updateRecord(left, { data: { parts } })]))).applied) break
      const again = await find(ctx, 'parked-callbacks', account, record.id)
      if (!again) break
      left = again
    }
  }
}

const names = ({ data }: Stored<'parked-callbacks'>, messages: ReadonlySet<string>): boolean =>
  data.parts.some(({ message, detail }) => messages.has(message) && Object.keys(detail).length > 0)
