import type { z } from 'zod'
import { auditRequestId, auditTarget } from '../../domain/access/index.js'
import type { Context } from '../context.js'
import type { Stored } from '../stored.js'
import type { beginAuditSchema } from './audit-input.js'
import type { AuditOutcome } from './audit-records.js'

/** The record of a call that begins now. */
export function newRecord(
  ctx: Context,
  account: string,
  { actor, role, verb, target, requestId }: z.output<typeof beginAuditSchema>,
  outcome: AuditOutcome | null,
): Stored<'audit'> {
  return {
    kind: 'audit',
    account,
    id: ctx.ids.next('record'),
    version: 1,
    parent: '',
    name: actor ?? '',
    state: verb,
    createdAt: ctx.clock.now(),
    data: { role, target: auditTarget(target), outcome, requestId: auditRequestId(requestId) },
  }
}
