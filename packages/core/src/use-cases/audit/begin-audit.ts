import type { z } from 'zod'
import type { Submit } from '../accept-send/coalesce.js'
import { bundle, refusalError } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { parseInput } from '../parse-input.js'
import { insertRecord, updateRecord } from '../stored.js'
import { auditOutcomeSchema, type beginAuditSchema } from './audit-input.js'
import type { AuditOutcome } from './audit-records.js'
import { newRecord } from './new-record.js'

/** Says what became of the call. The first word stands: saying more changes nothing. */
export type EndAudit = (outcome: AuditOutcome) => Promise<void>

/**
 * Resolves once it is stored that the call begins, so that nothing is done of which no record is left (T31). Records that begin or end close together in one
 * process share one commit, also with its sends.
 */
export async function beginAudit(
  ctx: Context,
  account: string,
  submit: Submit,
  input: z.output<typeof beginAuditSchema>,
): Promise<EndAudit> {
  const record = newRecord(ctx, account, input, null)
  const begun = await submit(bundle([insertRecord(record)]))
  if (!begun.applied) throw refusalError(begun.refusal)
  return async (outcome) => {
    const said = parseInput(auditOutcomeSchema, outcome)
    // Refused if it has an outcome already, or if it is so old that it is gone.
    await submit(bundle([updateRecord(record, { data: { outcome: said } })]))
  }
}
