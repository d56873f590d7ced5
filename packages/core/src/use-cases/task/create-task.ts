import type { z } from 'zod'
import type { Schedule } from '../../domain/task/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import { applyBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { idempotency, onceGuard, withFirstAnswer } from '../idempotent.js'
import { usedBy } from '../start-run.js'
import { insertRecord, type TaskData } from '../stored.js'
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
  const once = idempotency('task', account, input.idempotencyKey, { ...input, idempotencyKey: '' })
  return withFirstAnswer(ctx, once, async () => {
    const now = ctx.clock.now()
    const schedule = scheduleOf(input)
    const parts = await taskParts(ctx, account, input)
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
      requests: parts.group.data.rows,
      run: null,
      nextRun: now,
      pause: null,
      error: null,
    }
    const changes: Change[] = [
      ...usedBy({ data }).map(({ kind, ref }) => ({ type: 'hold', kind, account, ref, by: id, on: true }) as const),
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
      {
        type: 'work.put',
        items: [
          { id: `start:${id}`, kind: 'start', key: id, account, parent: id, lane: '', rank: now, dueAt: now, ref: {} },
        ],
      },
    ]
    const answer = { id }
    await applyBundle(ctx, { guards: onceGuard(once, now, answer), changes })
    ctx.ring('start')
    return answer
  })
}

/** The model carries all three types; what fires scheduled and recurring ones is not built yet, and says so. */
function scheduleOf(input: z.output<typeof createTaskSchema>): Schedule {
  if (input.type === 'immediate') return { type: 'immediate' }
  throw new MailError('NOT_SUPPORTED', { field: 'type', given: input.type, nearest: 'immediate' })
}
