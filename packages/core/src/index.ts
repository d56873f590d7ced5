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
export type { Finding, Health, MailService } from './service/mail-service.js'
export {
  type DeliveriesNamespace,
  type MessagesInput,
  type MessageView,
  messagesSchema,
  type TimelineEntry,
} from './service/namespaces/deliveries.js'
export {
  type SendingInput,
  type SendingPeriod,
  type StatisticsNamespace,
  sendingSchema,
} from './service/namespaces/statistics.js'
export { type ListTasksInput, listTasksSchema, type RunView, type TasksNamespace } from './service/namespaces/tasks.js'
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
export type { MailEvent } from './use-cases/mail-event.js'
export type { PageOf } from './use-cases/page-input.js'
export { type Policy, type PolicyInput, policySchema } from './use-cases/policy.js'
export type { TaskPlan } from './use-cases/task/plan-task.js'
export {
  type CreateTaskInput,
  createTaskSchema,
  type PlanTaskInput,
  planTaskSchema,
} from './use-cases/task/task-input.js'
export type { TaskView } from './use-cases/task/task-view.js'
export type { Unsubscribes } from './use-cases/unsubscribe.js'
