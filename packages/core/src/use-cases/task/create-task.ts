import type { z } from 'zod'
import { nextOccurrence } from '../../domain/recurrence/index.js'
import type { Schedule } from '../../domain/task/index.js'
import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import { applyBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { creating } from '../idempotent.js'
import { checkScenario } from '../scenario-check.js'
import { startWork } from '../schedule/start-work.js'
import { taskHolds } from '../schedule/task-holds.js'
import { insertRecord, type TaskData } from '../stored.js'
import { tagsOf } from '../tags-input.js'
import { unsubscribeLanguage } from '../unsubscribe-choice.js'
import { scheduleOf } from './schedule-input.js'
import type { createTaskSchema } from './task-input.js'
import { taskParts } from './task-parts.js'

/**
 * Stores a task and the work that will start it, in one bundle. From here on it uses its domain, sender, template and group: none of them can
 * be deleted (SND-4). Two calls with one idempotency key make one task (ACC-4).
 */
export async function createTask(
  ctx: Context,
  account: string,
  input: z.output<typeof createTaskSchema>,
): Promise<{ readonly id: string }> {
  return creating(ctx, 'tasks.create', account, input, async (once) => {
    const now = ctx.clock.now()
    const schedule = scheduleOf(ctx, input, now)
    const tags = tagsOf(ctx, input.tags)
    const parts = await taskParts(ctx, account, input)
    checkScenario(ctx, input.scenario, parts.domain.data.scenario)
    const id = ctx.ids.next('record')
    const data: TaskData = {
      name: input.name ?? null,
      schedule,
      domain: parts.domain.id,
      sender: parts.sender.id,
      template: parts.template.id,
      templateVersion: input.templateVersion ?? null,
      group: parts.group.id,
      subject: input.subject ?? null,
      unsubscribe: unsubscribeLanguage(ctx, input.unsubscribe, true),
      requests: parts.group.data.rows,
      run: null,
      openRun: null,
      waiting: 0,
      nextRun: firstStart(schedule, now),
      pause: null,
      error: null,
      scenario: input.scenario,
      tags,
    }
    const changes: Change[] = [
      ...taskHolds({ account, id, data }, true),
      insertRecord({
        kind: 'task',
        account,
        id,
        parent: data.domain,
        name: input.name ?? '',
        state: 'to-start',
        createdAt: now,
        data,
      }),
      startWork({ account, id }, data.nextRun ?? now),
    ]
    const answer = { id }
    await applyBundle(ctx, { guards: once(answer), changes })
    ctx.ring('start')
    return answer
  })
}

function firstStart(schedule: Schedule, now: Instant): Instant | null {
  if (schedule.type === 'immediate') return now
  return schedule.type === 'scheduled' ? schedule.at : nextOccurrence(schedule, schedule.startAt - 1)
}
