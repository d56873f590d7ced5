import { z } from 'zod'
import { BATCH_SCENARIO } from '../../domain/dedicated-ip/index.js'
import { scenarioSchema } from '../scenario-check.js'
import { tagsSchema } from '../tags-input.js'
import { unsubscribeSchema } from '../unsubscribe-choice.js'
import { scheduleFields } from './schedule-input.js'

/** What a task sends, to whom. */
export const taskMail = {
  /** Name or id of the template. */
  template: z.string(),
  /** Name or id of the recipient group. */
  group: z.string(),
  /** One of the account's senders, `Name <local@domain>` or a bare address. */
  from: z.string(),
  subject: z.string().optional(),
  /** DIP-4; left out: marketing. */
  scenario: scenarioSchema.default(BATCH_SCENARIO),
  /** On unless false; the headers of RFC 8058 go with every mail of a batch in any case (TRG-4). */
  unsubscribe: unsubscribeSchema,
}

/** What every task says, whatever its type. */
const common = {
  ...taskMail,
  /** A version that is not the newest approved one (TPL-7). */
  templateVersion: z.string().optional(),
  name: z.string().min(1).max(100).optional(),
  tags: tagsSchema.optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
}

export const createTaskSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...scheduleFields.immediate, ...common }),
  z.strictObject({ ...scheduleFields.scheduled, ...common }),
  z.strictObject({ ...scheduleFields.recurring, ...common }),
])
export type CreateTaskInput = Readonly<z.input<typeof createTaskSchema>>

/** Left out, the type is immediate. */
export const planTaskSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: scheduleFields.immediate.type.default('immediate'), ...taskMail }),
  z.strictObject({ ...scheduleFields.scheduled, ...taskMail }),
  z.strictObject({ ...scheduleFields.recurring, ...taskMail }),
])
export type PlanTaskInput = Readonly<z.input<typeof planTaskSchema>>
