import { acceptSubmission } from '../use-cases/accept-send/accept.js'
import { coalesce, type Submit } from '../use-cases/accept-send/coalesce.js'
import {
  type SendAnswer,
  type SendInput,
  type SendRegularInput,
  sendRegularSchema,
  sendSchema,
} from '../use-cases/accept-send/send-input.js'
import { regularSubmission, triggerSubmission } from '../use-cases/accept-send/submission.js'
import type { Context } from '../use-cases/context.js'
import { idempotency, withFirstAnswer } from '../use-cases/idempotent.js'
import { parseInput } from '../use-cases/parse-input.js'
import { type BlocklistNamespace, blocklistOf } from './namespaces/blocklist.js'
import { type DeliveriesNamespace, deliveriesOf } from './namespaces/deliveries.js'
import { type DomainsNamespace, domainsOf } from './namespaces/domains.js'
import { type GroupsNamespace, groupsOf } from './namespaces/groups.js'
import { type SendersNamespace, sendersOf } from './namespaces/senders.js'
import { type StatisticsNamespace, statisticsOf } from './namespaces/statistics.js'
import { type TasksNamespace, tasksOf } from './namespaces/tasks.js'
import { type TemplatesNamespace, templatesOf } from './namespaces/templates.js'

/** Everything one tenant can do. No call reads, changes or counts another account's records (ACC-2). */
export interface Account {
  readonly domains: DomainsNamespace
  readonly senders: SendersNamespace
  readonly templates: TemplatesNamespace
  readonly groups: GroupsNamespace
  readonly tasks: TasksNamespace
  readonly deliveries: DeliveriesNamespace
  readonly blocklist: BlocklistNamespace
  readonly statistics: StatisticsNamespace
  /** Trigger mail (TRG-1): resolves once it is stored; throws only if nobody was accepted. */
  send(input: SendInput): Promise<SendAnswer>
  /** Regular mail (REG-1): up to 20 people who see each other. */
  sendRegular(input: SendRegularInput): Promise<SendAnswer>
}

export function accountOf(ctx: Context, account: string, submit: Submit = coalesce(ctx)): Account {
  return {
    domains: domainsOf(ctx, account),
    senders: sendersOf(ctx, account),
    templates: templatesOf(ctx, account),
    groups: groupsOf(ctx, account),
    tasks: tasksOf(ctx, account, submit),
    deliveries: deliveriesOf(ctx, account),
    blocklist: blocklistOf(ctx, account),
    statistics: statisticsOf(ctx, account),
    async send(input) {
      const parsed = parseInput(sendSchema, input)
      const once = idempotency('send', account, parsed.idempotencyKey, { ...parsed, idempotencyKey: '' })
      return withFirstAnswer(ctx, once, async () =>
        acceptSubmission(ctx, await triggerSubmission(ctx, account, parsed), once, submit),
      )
    },
    async sendRegular(input) {
      const parsed = parseInput(sendRegularSchema, input)
      const once = idempotency('regular', account, parsed.idempotencyKey, { ...parsed, idempotencyKey: '' })
      return withFirstAnswer(ctx, once, async () =>
        acceptSubmission(ctx, await regularSubmission(ctx, account, parsed), once, submit),
      )
    },
  }
}
