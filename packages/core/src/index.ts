export {
  type Access,
  type Role,
  type RoleVerb,
  roleAllows,
  type Verb,
  type VerbRule,
  verbs,
} from './domain/access/index.js'
export { registrableDomain } from './domain/address/index.js'
export type { BillGroup, BillLine } from './domain/billing/index.js'
export { type BounceClass, type BounceKind, classifyReply } from './domain/bounce/index.js'
export { type Recommendation, SCENARIOS, type Scenario } from './domain/dedicated-ip/index.js'
export { cellsAsStored, eventAsStored } from './domain/delivery/index.js'
export { isGloballyReachable } from './domain/network/index.js'
export { mayAccess, type TagFilter, type Tags } from './domain/tags/index.js'
export type { MissedPolicy, Schedule } from './domain/task/index.js'
export { UNSUBSCRIBE_LANGUAGES, type UnsubscribeLanguage } from './domain/tracking/index.js'
export { type Code, codes, type ErrorEntry, type ErrorKind } from './errors/codes.js'
export { type ErrorDetails, isMailError, MailError } from './errors/mail-error.js'
export type * from './ports/callback-client.js'
export type * from './ports/changes.js'
export type * from './ports/clock.js'
export { COUNTERS, type Counter, type Counts, FACT_COUNTERS } from './ports/counters.js'
export type * from './ports/dns.js'
export type * from './ports/event-source.js'
export type * from './ports/finding.js'
export type * from './ports/ids.js'
export type * from './ports/limiter.js'
export { LOG_EVENTS, type LogEvent } from './ports/log-events.js'
export type * from './ports/logger.js'
export * from './ports/metrics.js'
export type * from './ports/queue.js'
export type * from './ports/reads.js'
export { type CertainChange, isRefusing, type RefusingChange } from './ports/refusing.js'
export type * from './ports/rows.js'
export type * from './ports/storage.js'
export type * from './ports/transport.js'
export { bookHits, type Hit } from './ports/window-hits.js'
export type { Account } from './service/account.js'
export {
  type HttpCallbackClientOptions,
  httpCallbackClient,
} from './service/callback-client/http-callback-client.js'
export { createMailService } from './service/create-mail-service.js'
export type { EnsureInput } from './service/ensure.js'
export { ensureSchema } from './service/ensure.js'
export type { Ingest } from './service/ingest.js'
export type { Health, MailService } from './service/mail-service.js'
export type { ApiKeysNamespace } from './service/namespaces/api-keys.js'
export type { AuditNamespace } from './service/namespaces/audit.js'
export type { BlocklistNamespace } from './service/namespaces/blocklist.js'
export type { CallbacksNamespace } from './service/namespaces/callbacks.js'
export type { DedicatedIpsNamespace } from './service/namespaces/dedicated-ips.js'
export type { DeliveriesNamespace } from './service/namespaces/deliveries.js'
export type { DomainsNamespace } from './service/namespaces/domains.js'
export type { GroupsNamespace } from './service/namespaces/groups.js'
export type { PeopleNamespace } from './service/namespaces/people.js'
export type { SendersNamespace } from './service/namespaces/senders.js'
export type { StatisticsNamespace } from './service/namespaces/statistics.js'
export { type ListTasksInput, listTasksSchema, type TasksNamespace } from './service/namespaces/tasks.js'
export type { TemplatesNamespace } from './service/namespaces/templates.js'
export type { TrackingSettingsNamespace } from './service/namespaces/tracking-settings.js'
export { type NodeDnsOptions, nodeDns } from './service/node-dns.js'
export { type MailServiceOptions, optionsSchema } from './service/options.js'
export type { Inbox, InboxMail } from './service/outbound/inbox.js'
export type { Parked, ParkedWork } from './service/parked.js'
export { redactingLogger } from './service/redacting-logger.js'
export { type StorageLimiterOptions, storageLimiter } from './service/storage-limiter/storage-limiter.js'
export { type SharedClock, type SystemClockOptions, systemClock } from './service/system-clock.js'
export type { TickResult } from './service/worker.js'
export {
  type DeferredGate,
  type SendAnswer,
  type SendInput,
  type SendRegularInput,
  type SentMessage,
  sendRegularSchema,
  sendSchema,
} from './use-cases/accept-send/send-input.js'
export {
  type ApiKeyView,
  type AuthenticateOptions,
  type CreateApiKeyInput,
  createApiKeySchema,
  type KeyHolder,
  type ListApiKeysInput,
  listApiKeysSchema,
  type NewApiKey,
} from './use-cases/api-keys/index.js'
export {
  type AuditOutcome,
  type AuditView,
  type BeginAuditInput,
  type EndAudit,
  type ListAuditInput,
  listAuditSchema,
} from './use-cases/audit/index.js'
export { type BlockSettings, blockSettingsSchema } from './use-cases/blocklist/block-settings.js'
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
export { type ImportCustomInput, importCustomSchema } from './use-cases/blocklist/import-custom.js'
export {
  type LiftInput,
  type ListLiftsInput,
  type ListRejectsInput,
  liftSchema,
  listLiftsSchema,
  listRejectsSchema,
} from './use-cases/blocklist/reject-input.js'
export type { LiftedView, RejectedView } from './use-cases/blocklist/rejects.js'
export {
  type ImportSuppressionsInput,
  importSuppressionsSchema,
} from './use-cases/blocklist/suppression-imports/import-suppressions.js'
export {
  type AttemptsInput,
  type AttemptView,
  attemptsSchema,
  type CallbackView,
  type CallbackWithSecret,
  type EnableCallbackInput,
  enableCallbackSchema,
  type ListCallbacksInput,
  listCallbacksSchema,
  type Replay,
  type ReplayInput,
  type ResolveCallbackInput,
  type RotateSecretInput,
  replaySchema,
  resolveCallbackSchema,
  rotateSecretSchema,
  type SetAccountCallbackInput,
  type SetSenderCallbackInput,
  setAccountCallbackSchema,
  setSenderCallbackSchema,
} from './use-cases/callbacks/index.js'
export { type SendOptions, sendOptionsSchema } from './use-cases/caller-tx.js'
export type { AllocatedIps } from './use-cases/dedicated-ips/apply-ips.js'
export type { IpBill } from './use-cases/dedicated-ips/bill-ips.js'
export {
  type ApplyIpsInput,
  type AssignIpInput,
  applyIpsSchema,
  assignIpSchema,
  type BillIpsInput,
  billIpsSchema,
  type ListIpsInput,
  listIpsSchema,
  type OpenIpsInput,
  openIpsSchema,
  type RecommendIpsInput,
  recommendIpsSchema,
  type UnassignIpInput,
  unassignIpSchema,
} from './use-cases/dedicated-ips/ip-input.js'
export type { IpServiceView } from './use-cases/dedicated-ips/ip-service.js'
export type { DedicatedIpView } from './use-cases/dedicated-ips/ip-view.js'
export type { LedgerEntryView } from './use-cases/dedicated-ips/list-ips.js'
export {
  type DeliveriesCsvInput,
  deliveriesCsvSchema,
  type EventsInput,
  eventsSchema,
  type MessagesInput,
  messagesSchema,
  type VisitsInput,
  visitsSchema,
} from './use-cases/deliveries/deliveries-input.js'
export type {
  BounceEvent,
  ClickEvent,
  DeliveryEvent,
  UnsubscribeEvent,
  VisitEvent,
} from './use-cases/deliveries/event-list.js'
export type { MessageView } from './use-cases/deliveries/message-list.js'
export {
  type QueuePoint,
  type QueueStatus,
  type QueueStatusInput,
  queueStatusSchema,
} from './use-cases/deliveries/queue-status.js'
export type { TimelineEntry } from './use-cases/deliveries/timeline.js'
export {
  type CreateDomainInput,
  createDomainSchema,
  type ListDomainsInput,
  listDomainsSchema,
  type RotateDkimInput,
  rotateDkimSchema,
  type SetDomainScenarioInput,
  setDomainScenarioSchema,
} from './use-cases/domains/domain-input.js'
export type { DomainAllowance, DomainHealthView, DomainView, DomainWarning } from './use-cases/domains/domain-view.js'
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
export type { IngestAnswer, IngestedEvent } from './use-cases/ingest/ingest-answer.js'
export {
  type IngestOptions,
  ingestOptionsSchema,
  type RawMail,
  type RawRequestInput,
  rawMailSchema,
  rawRequestSchema,
} from './use-cases/ingest/ingest-input.js'
export type { CallbackGoneEvent, MailEvent, ServiceEvent, ServiceEvents, StalledEvent } from './use-cases/mail-event.js'
export { nearestName } from './use-cases/nearest-name.js'
export { type PageInput, type PageOf, pageSchema } from './use-cases/page-input.js'
export type { Erasure } from './use-cases/people/erase-person.js'
export type { PersonExport, PersonMessage } from './use-cases/people/export-person.js'
export { type Policy, type PolicyInput, policySchema } from './use-cases/policy.js'
export type { Removed, RetentionRun } from './use-cases/retention/retain.js'
export type { ScenarioWarning } from './use-cases/scenario-check.js'
export {
  type CreateSenderInput,
  createSenderSchema,
  type ListSendersInput,
  listSendersSchema,
} from './use-cases/senders/sender-input.js'
export type { SenderView } from './use-cases/senders/sender-view.js'
export {
  type SendingInput,
  type StatisticsCsvInput,
  type StatisticsDimension,
  sendingSchema,
  statisticsCsvSchema,
  type TrackingInput,
  trackingSchema,
} from './use-cases/statistics/statistics-input.js'
export type {
  SendingFigures,
  StatisticsGroup,
  StatisticsPage,
  TrackingFigures,
} from './use-cases/statistics/statistics-rows.js'
export { tagsSchema } from './use-cases/tags-input.js'
export type { TaskPlan } from './use-cases/task/plan-task.js'
export type { RunView } from './use-cases/task/run-view.js'
export {
  type CreateTaskInput,
  createTaskSchema,
  type PlanTaskInput,
  planTaskSchema,
} from './use-cases/task/task-input.js'
export type { TaskView } from './use-cases/task/task-view.js'
export { type TestSendInput, testSendSchema } from './use-cases/task/test-send.js'
export type { ReviewRequest, ReviewTemplate, ReviewVerdict } from './use-cases/templates/reviewer.js'
export {
  type CreateTemplateInput,
  createTemplateSchema,
  type DecideTemplateInput,
  decideTemplateSchema,
  type ListTemplatesInput,
  listTemplatesSchema,
  type PreviewTemplateInput,
  previewSchema,
  type UpdateTemplateInput,
  updateTemplateSchema,
} from './use-cases/templates/template-inputs.js'
export type { TemplateDetail, TemplateView } from './use-cases/templates/template-view.js'
export { type PublicTracking, type VisitorInput, visitorSchema } from './use-cases/tracking/public-tracking.js'
export {
  type SetAccountTrackingInput,
  type SetDomainTrackingInput,
  setAccountTrackingSchema,
  setDomainTrackingSchema,
  type TrackingSettingsInput,
  type TrackingView,
  trackingSettingsSchema,
} from './use-cases/tracking/tracking-settings.js'
export {
  type UnsubscribeInput,
  type UnsubscribePage,
  type Unsubscribes,
  unsubscribeInputSchema,
} from './use-cases/unsubscribe.js'
