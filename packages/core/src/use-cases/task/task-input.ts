import { z } from 'zod'

/** What every task says, whatever its type. */
const common = {
  /** Name or id of the template. */
  template: z.string(),
  /** A version that is not the newest approved one (TPL-7). */
  templateVersion: z.string().optional(),
  /** Name or id of the recipient group. */
  group: z.string(),
  /** One of the account's senders, `Name <local@domain>` or a bare address. */
  from: z.string(),
  subject: z.string().optional(),
  name: z.string().min(1).max(100).optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
}

export const createTaskSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('immediate'), ...common }),
  z.strictObject({ type: z.literal('scheduled'), at: z.number(), timeZone: z.string(), ...common }),
  z.strictObject({
    type: z.literal('recurring'),
    startAt: z.number(),
    timeZone: z.string(),
    every: z.strictObject({ n: z.int().min(1), unit: z.enum(['hours', 'days', 'weeks', 'months']) }).optional(),
    rrule: z.string().optional(),
    until: z.number().optional(),
    ...common,
  }),
])
export type CreateTaskInput = Readonly<z.input<typeof createTaskSchema>>

export const planTaskSchema = z.strictObject({
  template: z.string(),
  group: z.string(),
  from: z.string(),
  subject: z.string().optional(),
})
export type PlanTaskInput = Readonly<z.input<typeof planTaskSchema>>
