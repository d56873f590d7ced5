export { type Code, codes, type ErrorEntry, type ErrorKind } from './errors/codes.js'
export { type ErrorDetails, isMailError, MailError } from './errors/mail-error.js'
export type * from './ports/changes.js'
export type * from './ports/clock.js'
export { COUNTERS, type Counter, type Counts, FACT_COUNTERS } from './ports/counters.js'
export type * from './ports/dns.js'
export type * from './ports/ids.js'
export type * from './ports/limiter.js'
export type * from './ports/logger.js'
export type * from './ports/queue.js'
export type * from './ports/reads.js'
export type * from './ports/rows.js'
export type * from './ports/storage.js'
export type * from './ports/transport.js'
export type { Account } from './service/account.js'
export { createMailService } from './service/create-mail-service.js'
export type { EnsureInput } from './service/ensure.js'
export { ensureSchema } from './service/ensure.js'
export type { Finding, Health, MailService } from './service/mail-service.js'
export type { BlocklistNamespace } from './service/namespaces/blocklist.js'
export {
  type DeliveriesNamespace,
  type MessagesInput,
  type MessageView,
  messagesSchema,
  type TimelineEntry,
} from './service/namespaces/deliveries.js'
export type { DomainsNamespace } from './service/namespaces/domains.js'
export type { GroupsNamespace } from './service/namespaces/groups.js'
export type { SendersNamespace } from './service/namespaces/senders.js'
export {
  type SendingInput,
  type SendingPeriod,
  type StatisticsNamespace,
  sendingSchema,
} from './service/namespaces/statistics.js'
export { type ListTasksInput, listTasksSchema, type RunView, type TasksNamespace } from './service/namespaces/tasks.js'
export type { TemplatesNamespace } from './service/namespaces/templates.js'
export { type NodeDnsOptions, nodeDns } from './service/node-dns.js'
export { type MailServiceOptions, optionsSchema } from './service/options.js'
export { type SharedClock, type SystemClockOptions, systemClock } from './service/system-clock.js'
export type { TickResult } from './service/worker.js'
export {
  type SendAnswer,
  type SendInput,
  type SendRegularInput,
  type SentMessage,
  sendRegularSchema,
  sendSchema,
} from './use-cases/accept-send/send-input.js'
export type { BlockLookup, CustomView, RejectView, TriggeredView } from './use-cases/blocklist/block-views.js'
export {
  type AddCustomInput,
  type AddressesInput,
  addCustomSchema,
  addressesSchema,
  type InvalidListInput,
  invalidListSchema,
  type ListCustomInput,
  listCustomSchema,
  lookupSchema,
  type MineInput,
  type ModifyCustomInput,
  mineSchema,
  modifyCustomSchema,
  type WhitelistInput,
  whitelistSchema,
} from './use-cases/blocklist/blocklist-input.js'
export {
  type CreateDomainInput,
  createDomainSchema,
  type ListDomainsInput,
  listDomainsSchema,
} from './use-cases/domains/domain-input.js'
export type { DomainAllowance, DomainView } from './use-cases/domains/domain-view.js'
export {
  type CreateGroupInput,
  createGroupSchema,
  type ImportOptions,
  importOptionsSchema,
  type ListGroupsInput,
  listGroupsSchema,
  type SampleCsvInput,
  sampleCsvSchema,
} from './use-cases/import-group/group-input.js'
export type { GroupView } from './use-cases/import-group/group-view.js'
export type { MailEvent } from './use-cases/mail-event.js'
export type { PageOf } from './use-cases/page-input.js'
export { type Policy, type PolicyInput, policySchema } from './use-cases/policy.js'
export {
  type CreateSenderInput,
  createSenderSchema,
  type ListSendersInput,
  listSendersSchema,
} from './use-cases/senders/sender-input.js'
export type { SenderView } from './use-cases/senders/sender-view.js'
export type { TaskPlan } from './use-cases/task/plan-task.js'
export {
  type CreateTaskInput,
  createTaskSchema,
  type PlanTaskInput,
  planTaskSchema,
} from './use-cases/task/task-input.js'
export type { TaskView } from './use-cases/task/task-view.js'
export { type TestSendInput, testSendSchema } from './use-cases/task/test-send.js'
export {
  type CreateTemplateInput,
  createTemplateSchema,
  type ListTemplatesInput,
  listTemplatesSchema,
  type PreviewTemplateInput,
  previewSchema,
  type UpdateTemplateInput,
  updateTemplateSchema,
} from './use-cases/templates/template-inputs.js'
export type { TemplateDetail, TemplateView } from './use-cases/templates/template-view.js'
export type { Unsubscribes } from './use-cases/unsubscribe.js'
