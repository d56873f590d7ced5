import type { z } from 'zod'
import { isMailError } from '../../errors/mail-error.js'
import type { Submit } from '../accept-send/coalesce.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { insertRecord } from '../stored.js'
import type { beginAuditSchema } from './audit-input.js'
import type { AuditOutcome } from './audit-records.js'
import { newRecord } from './new-record.js'

/**
 * A send with its one record (T31), in the commit of what it stores: no mail without its record, and no commit more. A send that stores nothing (refused, or
 * answered as the first time) leaves its record before it is answered; should that fail, nothing has been done, and the log hears of it.
 */
export async function recordedSend<Answer>(
  ctx: Context,
  account: string,
  submit: Submit,
  input: z.output<typeof beginAuditSchema> | undefined,
  send: (submit: Submit) => Promise<Answer>,
): Promise<Answer> {
  if (input === undefined) return send(submit)
  const record = newRecord(ctx, account, input, 'done')
  let isStored = false
  const withRecord: Submit = async ({ guards, changes }) => {
    const result = await submit({ guards, changes: [...changes, insertRecord(record)] })
    isStored ||= result.applied
    return result
  }
  const byItself = async (outcome: AuditOutcome): Promise<void> => {
    if (isStored) return
    try {
      // Refused if it is stored after all, by a commit that nobody could tell us of: then it is right as it is.
      await submit(bundle([insertRecord({ ...record, data: { ...record.data, outcome } })]))
    } catch (error) {
      ctx.logger.log('error', 'call-not-recorded', { verb: input.verb, error })
    }
  }
  try {
    const answer = await send(withRecord)
    await byItself('done')
    return answer
  } catch (error) {
    await byItself(isMailError(error) ? error.code : 'INTERNAL_ERROR')
    throw error
  }
}
