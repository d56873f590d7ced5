import { z } from 'zod'
import { TASK_STATES, type TaskState } from '../../domain/task/index.js'
import type { Submit } from '../../use-cases/accept-send/coalesce.js'
import type { SendAnswer } from '../../use-cases/accept-send/send-input.js'
import type { Context } from '../../use-cases/context.js'
import type { PageOf } from '../../use-cases/page-input.js'
import { pageSchema } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { get, typed } from '../../use-cases/stored.js'
import { controlTask } from '../../use-cases/task/control-task.js'
import { createTask } from '../../use-cases/task/create-task.js'
import { planTask, type TaskPlan } from '../../use-cases/task/plan-task.js'
import { retryFailed } from '../../use-cases/task/retry-failed.js'
import {
  type CreateTaskInput,
  createTaskSchema,
  type PlanTaskInput,
  planTaskSchema,
} from '../../use-cases/task/task-input.js'
import { type TaskView, taskView } from '../../use-cases/task/task-view.js'
import { type TestSendInput, testSend, testSendSchema } from '../../use-cases/task/test-send.js'

export const listTasksSchema = z.strictObject({ ...pageSchema.shape, state: z.enum(TASK_STATES).optional() })
export type ListTasksInput = Readonly<z.input<typeof listTasksSchema>>

/** One firing of a task. */
export interface RunView {
  readonly id: string
  readonly state: 'open' | 'done' | 'cancelled'
  readonly rows: number
  readonly templateVersion: string
  readonly startedAt: number
  readonly finishedAt: number | null
}

export interface TasksNamespace {
  create(input: CreateTaskInput): Promise<{ readonly id: string }>
  /** What would happen, before anything does (TSK-13). */
  plan(input: PlanTaskInput): Promise<TaskPlan>
  /** One mail to the operator's own address, with the values of the group's first row or those given. */
  testSend(input: TestSendInput): Promise<SendAnswer>
  list(input?: ListTasksInput): Promise<PageOf<TaskView>>
  get(id: string): Promise<TaskView>
  runs(id: string): Promise<readonly RunView[]>
  pause(id: string): Promise<TaskView>
  /** Without allowance the task stays paused and says until when (TSK-14). */
  restart(id: string): Promise<TaskView>
  cancel(id: string): Promise<TaskView>
  /** Requeues failed rows (TSK-10). */
  retryFailed(id: string): Promise<{ readonly requeued: number }>
}

export function tasksOf(ctx: Context, account: string, submit: Submit): TasksNamespace {
  const view = async (id: string) => taskView(ctx, await get(ctx, 'task', account, id))
  const control = async (id: string, action: 'pause' | 'restart' | 'cancel') => {
    await controlTask(ctx, account, id, action)
    return view(id)
  }
  return {
    create: (input) => createTask(ctx, account, parseInput(createTaskSchema, input)),
    plan: (input) => planTask(ctx, account, parseInput(planTaskSchema, input)),
    testSend: (input) => testSend(ctx, account, parseInput(testSendSchema, input), submit),
    async list(input = {}) {
      const { cursor, limit, state } = parseInput(listTasksSchema, input)
      const states: readonly TaskState[] | undefined = state && [state]
      const page = await ctx.storage.read.records({
        kind: 'task',
        account,
        order: 'newest',
        limit,
        ...(cursor ? { cursor } : {}),
        ...(states ? { states } : {}),
      })
      return {
        items: await Promise.all(page.items.map((record) => taskView(ctx, typed<'task'>(record)))),
        next: page.next,
      }
    },
    get: view,
    async runs(id) {
      await get(ctx, 'task', account, id)
      const page = await ctx.storage.read.records({ kind: 'run', account, name: id, order: 'newest', limit: 100 })
      return page.items.map((record) => {
        const { data, state } = typed<'run'>(record)
        const { rows, templateVersion, startedAt, finishedAt } = data
        return { id: record.id, state, rows, templateVersion, startedAt, finishedAt }
      })
    },
    pause: (id) => control(id, 'pause'),
    restart: (id) => control(id, 'restart'),
    cancel: (id) => control(id, 'cancel'),
    retryFailed: (id) => retryFailed(ctx, account, id),
  }
}
