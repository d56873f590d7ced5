import type { z } from 'zod'
import type { Context } from '../context.js'
import { instantsOf } from '../moment-input.js'
import type { PageOf } from '../page-input.js'
import { typed } from '../stored.js'
import type { listAuditSchema } from './audit-input.js'
import { type AuditView, auditView } from './audit-records.js'

/** Newest first. */
export async function listAudit(
  ctx: Context,
  account: string,
  input: z.output<typeof listAuditSchema>,
): Promise<PageOf<AuditView>> {
  const { limit, cursor, from, to, actor, verb } = instantsOf(input, ['from', 'to'], ctx.policy.timeZone)
  const page = await ctx.storage.read.records({
    kind: 'audit',
    account,
    order: 'newest',
    limit,
    ...(cursor === undefined ? {} : { cursor }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(actor === undefined ? {} : { name: actor }),
    ...(verb === undefined ? {} : { states: [verb] }),
  })
  return { items: page.items.map((record) => auditView(typed<'audit'>(record))), next: page.next }
}
