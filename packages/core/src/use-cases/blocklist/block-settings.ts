import { z } from 'zod'
import { isMailError } from '../../errors/mail-error.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { find, insertRecord, updateRecord } from '../stored.js'
import { epochOf } from './block-writes.js'

export const blockSettingsSchema = z.strictObject({
  /** Block a mailbox that is full for `policy.fullMailboxDays`. */
  fullMailboxes: z.boolean(),
})
export type BlockSettings = Readonly<z.output<typeof blockSettingsSchema>>

const settingsId = (account: string): string => `block-settings:${account}`

/** Off unless switched on (BLK-4). */
export async function blockSettings(ctx: Pick<Context, 'storage'>, account: string): Promise<BlockSettings> {
  const stored = await find(ctx, 'block-settings', account, settingsId(account))
  return stored?.data ?? { fullMailboxes: false }
}

/** Holds for mail that is opened from now on. The later of two calls wins. */
export async function setBlockSettings(ctx: Context, account: string, data: BlockSettings): Promise<void> {
  for (;;) {
    const stored = await find(ctx, 'block-settings', account, settingsId(account))
    const put = stored
      ? updateRecord(stored, { data })
      : insertRecord({ kind: 'block-settings', account, id: settingsId(account), createdAt: ctx.clock.now(), data })
    try {
      await applyBundle(ctx, bundle([put, epochOf(account)]))
      return
    } catch (error) {
      if (!isMailError(error, 'CHANGED_MEANWHILE')) throw error
    }
  }
}
