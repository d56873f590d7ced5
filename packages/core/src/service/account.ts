import type { z } from 'zod'
import { acceptSubmission } from '../use-cases/accept-send/accept.js'
import { coalesce, type Submit } from '../use-cases/accept-send/coalesce.js'
import { countingRefused } from '../use-cases/accept-send/count-refused.js'
import { placeOf } from '../use-cases/accept-send/place.js'
import {
  type SendAnswer,
  type SendInput,
  type SendRegularInput,
  sendRegularSchema,
  sendSchema,
} from '../use-cases/accept-send/send-input.js'
import { type Addressed, sendOnce } from '../use-cases/accept-send/send-once.js'
import { onSources, type Sources, storedSources } from '../use-cases/accept-send/sources.js'
import { regularSubmission, type Submission, triggerSubmission } from '../use-cases/accept-send/submission.js'
import { recordedSend } from '../use-cases/audit/index.js'
import { type SendOptions, sendOptionsSchema } from '../use-cases/caller-tx.js'
import type { Context } from '../use-cases/context.js'
import { parseInput } from '../use-cases/parse-input.js'
import { type ApiKeysNamespace, apiKeysOf } from './namespaces/api-keys.js'
import { type AuditNamespace, auditOf } from './namespaces/audit.js'
import { type BlocklistNamespace, blocklistOf } from './namespaces/blocklist.js'
import { type CallbacksNamespace, callbacksOf } from './namespaces/callbacks.js'
import { type DedicatedIpsNamespace, dedicatedIpsOf } from './namespaces/dedicated-ips.js'
import { type DeliveriesNamespace, deliveriesOf } from './namespaces/deliveries.js'
import { type DomainsNamespace, domainsOf } from './namespaces/domains.js'
import { type GroupsNamespace, groupsOf } from './namespaces/groups.js'
import { type PeopleNamespace, peopleOf } from './namespaces/people.js'
import { type SendersNamespace, sendersOf } from './namespaces/senders.js'
import { type StatisticsNamespace, statisticsOf } from './namespaces/statistics.js'
import { type TasksNamespace, tasksOf } from './namespaces/tasks.js'
import { type TemplatesNamespace, templatesOf } from './namespaces/templates.js'
import { type TrackingSettingsNamespace, trackingSettingsOf } from './namespaces/tracking-settings.js'

/** Everything one tenant can do. No call reads, changes or counts another account's records (ACC-2). */
export interface Account {
  readonly domains: DomainsNamespace
  readonly senders: SendersNamespace
  readonly templates: TemplatesNamespace
  readonly groups: GroupsNamespace
  readonly tasks: TasksNamespace
  readonly deliveries: DeliveriesNamespace
  readonly blocklist: BlocklistNamespace
  readonly callbacks: CallbacksNamespace
  readonly statistics: StatisticsNamespace & { readonly settings: TrackingSettingsNamespace }
  readonly dedicatedIps: DedicatedIpsNamespace
  readonly people: PeopleNamespace
  readonly apiKeys: ApiKeysNamespace
  readonly audit: AuditNamespace
  /**
   * Trigger mail (TRG-1): resolves once it is stored; throws only if nobody was accepted. With `tx` it is stored in the host's own transaction, and
   * exists if and only if that commits; workers find it within a second of the commit. @throws NOT_SUPPORTED for `tx` with other storages
   */
  send(input: SendInput, options?: SendOptions): Promise<SendAnswer>
  /** Regular mail (REG-1): up to 20 people who see each other. `tx` as for `send`. */
  sendRegular(input: SendRegularInput, options?: SendOptions): Promise<SendAnswer>
}

export function accountOf(ctx: Context, account: string, submit: Submit = coalesce(ctx)): Account {
  const sending =
    <Schema extends z.ZodType<Addressed>>(
      verb: 'send' | 'sendRegular',
      schema: Schema,
      submissionOf: (ctx: Context, account: string, input: z.output<Schema>, sources: Sources) => Promise<Submission>,
    ) =>
    async (input: z.input<Schema>, options: SendOptions = {}): Promise<SendAnswer> => {
      const { audit, tx } = parseInput(sendOptionsSchema, options)
      return recordedSend(ctx, account, submit, audit, (recording) => {
        const parsed = parseInput(schema, input)
        const place = placeOf(ctx, recording, { tx })
        return countingRefused(ctx, submit, (note) =>
          sendOnce(place.ctx, verb, account, parsed, (once) => {
            const accept = async (sources: Sources) => {
              // What was refused on sources that have changed since is not counted.
              note([])
              return acceptSubmission(place, await submissionOf(ctx, account, parsed, sources), once, note)
            }
            return place.withinTx ? accept(storedSources(ctx, account)) : onSources(ctx, account, accept)
          }),
        )
      })
    }
  return {
    domains: domainsOf(ctx, account),
    senders: sendersOf(ctx, account),
    templates: templatesOf(ctx, account),
    groups: groupsOf(ctx, account),
    tasks: tasksOf(ctx, account, submit),
    deliveries: deliveriesOf(ctx, account),
    blocklist: blocklistOf(ctx, account),
    callbacks: callbacksOf(ctx, account),
    statistics: { ...statisticsOf(ctx, account), settings: trackingSettingsOf(ctx, account) },
    dedicatedIps: dedicatedIpsOf(ctx, account),
    people: peopleOf(ctx, account),
    apiKeys: apiKeysOf(ctx, account),
    audit: auditOf(ctx, account, submit),
    send: sending('send', sendSchema, triggerSubmission),
    sendRegular: sending('sendRegular', sendRegularSchema, regularSubmission),
  }
}
