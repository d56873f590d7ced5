import type { Scenario } from '../../domain/dedicated-ip/index.js'
import type { Tags } from '../../domain/tags/index.js'
import type { PauseReason, Schedule, TaskState, TaskType } from '../../domain/task/index.js'
import { progress } from '../../domain/task/index.js'
import type { Instant } from '../../ports/clock.js'
import type { Counts } from '../../ports/counters.js'
import type { JsonObject } from '../../ports/rows.js'
import { todayOf } from '../allowance.js'
import { chunkRef } from '../chunk-work.js'
import type { Context } from '../context.js'
import { chunkMessageIds } from '../message-id.js'
import { type ScenarioWarning, scenarioWarnings } from '../scenario-check.js'
import { find, type Stored } from '../stored.js'

/** What the task list shows (TSK-3). Counts are of the newest run. */
export interface TaskView {
  readonly id: string
  readonly name: string | null
  readonly type: TaskType
  readonly state: TaskState
  readonly pause: { readonly reason: PauseReason; readonly until: Instant | null } | null
  /** From 0 to 1. */
  readonly progress: number
  /** Rows of the run. */
  readonly requests: number
  /** Handed over to a receiving server, whatever it answered. */
  readonly sent: number
  /** Waiting for an allowance. */
  readonly cached: number
  readonly delivered: number
  readonly deferred: number
  readonly bounced: number
  /** Refused by the blocklist. */
  readonly blocked: number
  readonly failed: number
  readonly expired: number
  /** Rows that a cancel kept from being sent. */
  readonly cancelled: number
  readonly createdAt: Instant
  /** The next occurrence; null: there is none any more. In the past while a pause holds it. */
  readonly nextRun: Instant | null
  /** Occurrences that wait for the end of the open run (TSK-5). */
  readonly waiting: number
  readonly schedule: Schedule
  readonly error: { readonly code: string; readonly details: JsonObject } | null
  readonly template: string
  readonly group: string
  readonly domain: string
  /** What it is for, and whether its domain is for something else (DIP-4). */
  readonly scenario: Scenario
  readonly warnings: readonly ScenarioWarning[]
  readonly tags: Tags
}

export async function taskView(ctx: Context, task: Stored<'task'>): Promise<TaskView> {
  const { data } = task
  const [run, domain] = await Promise.all([
    data.run ? find(ctx, 'run', task.account, data.run) : null,
    find(ctx, 'domain', task.account, data.domain),
  ])
  const [counts, cached] = run ? await Promise.all([countsOf(ctx, run), cachedOf(ctx, run)]) : [null, data.requests]
  const of = (name: keyof Counts): number => counts?.[name] ?? 0
  const settled = of('accepted')
  const open =
    of('accepted') -
    of('delivered') -
    of('bouncedHard') -
    of('bouncedSoft') -
    of('dropped') -
    failedOf(counts) -
    of('expired') -
    of('cancelled')
  const cancelled = task.state === 'cancelled'
  return {
    id: task.id,
    name: data.name,
    type: data.schedule.type,
    state: task.state,
    pause: task.state === 'paused' ? data.pause : null,
    progress: progress({ rows: run?.data.rows ?? data.requests, handedOver: settled, refused: 0, failed: 0 }),
    requests: run?.data.rows ?? data.requests,
    sent: of('handedOver'),
    cached: cancelled ? 0 : cached,
    delivered: of('delivered'),
    deferred: Math.max(0, open),
    bounced: of('bouncedHard') + of('bouncedSoft'),
    blocked: of('dropped'),
    failed: failedOf(counts),
    expired: of('expired'),
    cancelled: cancelled ? (run?.data.rows ?? data.requests) - settled + of('cancelled') : of('cancelled'),
    createdAt: task.createdAt,
    nextRun: data.nextRun,
    waiting: data.waiting,
    schedule: data.schedule,
    error: data.error,
    template: data.template,
    group: data.group,
    domain: data.domain,
    scenario: data.scenario,
    warnings: scenarioWarnings(data.scenario, domain?.data.scenario ?? null),
    tags: data.tags,
  }
}

/** Failed rows that were requeued are failed no longer. */
const failedOf = (counts: Counts | null): number => (counts?.failed ?? 0) - (counts?.requeued ?? 0)

async function countsOf(ctx: Context, run: Stored<'run'>): Promise<Counts | null> {
  const [tally] = await ctx.storage.read.tallies({ cube: 'run', account: run.account, from: 0, to: 1, tasks: [run.id] })
  return tally?.counts ?? null
}

/** Rows never granted, and rows whose grant was of another day or was given back. */
async function cachedOf(ctx: Context, run: Stored<'run'>): Promise<number> {
  const { day } = todayOf(ctx, ctx.clock.now())
  const granted = Object.values(run.data.lanes).reduce((sum, lane) => sum + lane.granted, 0)
  const chunks = await ctx.storage.read.works({ kind: 'chunk', parent: run.id })
  const parked = chunks.map(chunkRef).filter(({ quotaDay }) => quotaDay !== day)
  const rows = await Promise.all(parked.map((ref) => (ref.partial ? unsettledOf(ctx, ref) : ref.to - ref.from)))
  return run.data.rows - granted + rows.reduce((sum, count) => sum + count, 0)
}

async function unsettledOf(ctx: Context, ref: ReturnType<typeof chunkRef>): Promise<number> {
  const settled = await ctx.storage.read.messages(chunkMessageIds(ref))
  return ref.to - ref.from - settled.length
}
