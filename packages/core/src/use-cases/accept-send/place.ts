import { tryBundle } from '../apply-bundle.js'
import { type SendOptions, withinTx } from '../caller-tx.js'
import type { Context } from '../context.js'
import type { Submit } from './coalesce.js'

/** Where a send is stored. */
export interface Place {
  readonly ctx: Context
  readonly submit: Submit
  /**
   * Within the caller's transaction: nothing may be locked that others wait for, so nothing is counted and only inserts happen. The gates that count
   * are asked when the mail is claimed.
   */
  readonly withinTx: boolean
  /** Says that there is mail to send. */
  ring(): void
}

/** Nobody hears when the caller commits. Most do so soon; for the others there is the sweep, within a second. */
const ECHOES_MS = [20, 200] as const

/** With its neighbours, unless the caller has a transaction. @throws NOT_SUPPORTED */
export function placeOf(ctx: Context, submit: Submit, { tx }: Pick<SendOptions, 'tx'>): Place {
  const ring = () => ctx.ring('send')
  if (tx === undefined) return { ctx, submit, withinTx: false, ring }
  const inner = withinTx(ctx, tx)
  const echo = () => {
    for (const ms of ECHOES_MS) ctx.after(ms, ring)
  }
  return { ctx: inner, submit: (bundle) => tryBundle(inner, bundle), withinTx: true, ring: echo }
}
