import { z } from 'zod'
import { acceptSubmission } from '../accept-send/accept.js'
import type { Submit } from '../accept-send/coalesce.js'
import { placeOf } from '../accept-send/place.js'
import { type SendAnswer, sendSchema } from '../accept-send/send-input.js'
import { sendOnce } from '../accept-send/send-once.js'
import { onSources } from '../accept-send/sources.js'
import { triggerSubmission } from '../accept-send/submission.js'
import type { Context } from '../context.js'
import { groupRows } from '../group-rows.js'
import { parseInput } from '../parse-input.js'
import { taskMail } from './task-input.js'
import { taskParts } from './task-parts.js'

export const testSendSchema = z.strictObject({
  ...taskMail,
  /** The operator's own address. */
  to: z.string(),
  /** Left out: the values of the group's first row. */
  variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type TestSendInput = Readonly<z.input<typeof testSendSchema>>

/** Sends the mail a task would send, once, as trigger mail (TSK-13). It counts in the allowance like any other mail. */
export async function testSend(
  ctx: Context,
  account: string,
  input: z.output<typeof testSendSchema>,
  submit: Submit,
): Promise<SendAnswer> {
  return sendOnce(ctx, 'tasks.testSend', account, { ...input, to: [input.to] }, async (once) => {
    const { template, group } = await taskParts(ctx, account, input)
    const variables = input.variables ?? (await firstValues(ctx, group.id, group.data))
    const send = parseInput(sendSchema, {
      from: input.from,
      to: input.to,
      template: template.id,
      variables,
      scenario: input.scenario,
      ...(input.subject === undefined ? {} : { subject: input.subject }),
      // As in the batch, where it is on unless set (TRG-4).
      unsubscribe: input.unsubscribe ?? ctx.publicUrl !== null,
    })
    const place = placeOf(ctx, submit, {})
    return onSources(ctx, account, async (sources) =>
      acceptSubmission(place, await triggerSubmission(ctx, account, send, sources), once),
    )
  })
}

async function firstValues(
  ctx: Context,
  group: string,
  data: {
    readonly variables: readonly string[] | null
    readonly generation: number
    readonly lanes: Readonly<Record<string, number>>
  },
) {
  for await (const [row] of groupRows(ctx, group, data)) {
    if (row) return Object.fromEntries((data.variables ?? []).map((name, index) => [name, row.values[index] ?? '']))
  }
  return {}
}
