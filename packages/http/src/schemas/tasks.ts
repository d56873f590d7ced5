import { z } from 'zod'
import { count, failure, id, instant, list, name, scenario, scenarioWarning, tags } from './common.js'

const recurring = {
  type: z.literal('recurring'),
  startAt: instant,
  timeZone: z.string(),
  until: instant.optional(),
  cycle: z.boolean(),
  missed: z.enum(['latest', 'all', 'skip']),
}

const schedule = z.union([
  z.strictObject({ type: z.literal('immediate') }),
  z.strictObject({ type: z.literal('scheduled'), at: instant, timeZone: z.string() }),
  z.strictObject({
    ...recurring,
    every: z.strictObject({ n: z.int(), unit: z.enum(['hours', 'days', 'weeks', 'months']) }),
  }),
  z.strictObject({ ...recurring, rrule: z.string() }),
])

export const taskView = name(
  'Task',
  z.strictObject({
    id,
    name: z.string().nullable(),
    type: z.enum(['immediate', 'scheduled', 'recurring']),
    state: z.enum(['to-start', 'sending', 'paused', 'failed', 'done', 'cancelled']),
    pause: z
      .strictObject({
        reason: z.enum(['daily-limit', 'operator', 'domain-blocked', 'provider']),
        until: instant.nullable(),
      })
      .nullable(),
    progress: z.number().describe('From 0 to 1.'),
    requests: count,
    sent: count,
    cached: count,
    delivered: count,
    deferred: count,
    bounced: count,
    blocked: count,
    failed: count,
    expired: count,
    cancelled: count,
    createdAt: instant,
    nextRun: instant.nullable(),
    waiting: count,
    schedule,
    error: failure,
    template: id,
    group: id,
    domain: id,
    scenario,
    warnings: list(scenarioWarning),
    tags,
  }),
)

export const runView = name(
  'Run',
  z.strictObject({
    id: id.nullable(),
    at: instant,
    state: z.enum(['waiting', 'skipped', 'failed', 'open', 'done', 'cancelled']),
    rows: count,
    templateVersion: id.nullable(),
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    error: failure,
    skipped: z.strictObject({ through: instant, count, reason: z.enum(['missed', 'overlap', 'ended']) }).nullable(),
  }),
)

const bulkSenderRule = z.enum([
  'spf',
  'dkim',
  'dmarc',
  'alignment',
  'one-click-unsubscribe',
  'visible-unsubscribe',
  'complaint-rate',
])

const planWarning = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('invalid-rate'), invalid: count, of: count }),
  z.strictObject({ type: z.literal('bulk-sender-rule'), rule: bulkSenderRule }),
  z.strictObject({ type: z.literal('bulk-sender-unknown'), rules: list(bulkSenderRule) }),
  z.strictObject({ type: z.literal('scenario-mixed'), scenario, domainScenario: scenario }),
])

export const taskPlan = name(
  'TaskPlan',
  z.strictObject({
    recipients: count,
    sendable: count,
    refused: list(z.strictObject({ code: z.string(), count, examples: list(z.string()) })),
    starts: list(instant),
    days: list(z.strictObject({ day: z.string(), count })),
    warnings: list(planWarning),
  }),
)
