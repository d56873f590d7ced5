import { z } from 'zod'
import { matchesTag, type Tags } from '../../domain/tags/index.js'
import { TASK_STATES, type TaskState } from '../../domain/task/index.js'
import type { Submit } from '../../use-cases/accept-send/coalesce.js'
import type { SendAnswer } from '../../use-cases/accept-send/send-input.js'
import type { Context } from '../../use-cases/context.js'
import { filteredPage } from '../../use-cases/filtered-page.js'
import { type PageInput, type PageOf, pageSchema } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { get, typed } from '../../use-cases/stored.js'
import { tagFilterSchema, tagsSchema } from '../../use-cases/tags-input.js'
import { controlTask } from '../../use-cases/task/control-task.js'
import { createTask } from '../../use-cases/task/create-task.js'
import { cycleOff } from '../../use-cases/task/cycle-off.js'
import { planTask, type TaskPlan } from '../../use-cases/task/plan-task.js'
import { retryFailed } from '../../use-cases/task/retry-failed.js'
import { type RunView, taskRuns } from '../../use-cases/task/run-view.js'
import { setTaskTags } from '../../use-cases/task/set-task-tags.js'
import {
  type CreateTaskInput,
  createTaskSchema,
  type PlanTaskInput,
  planTaskSchema,
} from '../../use-cases/task/task-input.js'
import { type TaskView, taskView } from '../../use-cases/task/task-view.js'
import { type TestSendInput, testSend, testSendSchema } from '../../use-cases/task/test-send.js'

export const listTasksSchema = z.strictObject({
  ...pageSchema.shape,
  state: z.enum(TASK_STATES).optional(),
  tag: tagFilterSchema.optional(),
})
export type ListTasksInput = Readonly<z.input<typeof listTasksSchema>>

export interface TasksNamespace {
  create(input: CreateTaskInput): Promise<{ readonly id: string }>
  /** What would happen, before anything does (TSK-13). */
  plan(input: PlanTaskInput): Promise<TaskPlan>
  /** One mail to the operator's own address, with the values of the group's first row or those given. */
  testSend(input: TestSendInput): Promise<SendAnswer>
  list(input?: ListTasksInput): Promise<PageOf<TaskView>>
  get(id: string): Promise<TaskView>
  /** Its occurrences, newest first: fired, waiting, skipped or failed (TSK-5). */
  runs(id: string, page?: PageInput): Promise<PageOf<RunView>>
  pause(id: string): Promise<TaskView>
  /** Without allowance the task stays paused and says until when (TSK-14). */
  restart(id: string): Promise<TaskView>
  cancel(id: string): Promise<TaskView>
  /** Nothing fires any more; an open run goes on to its end, then the task is done (TSK-1). @throws STATE_INVALID */
  cycleOff(id: string): Promise<TaskView>
  /** Replaces all its tags (DIP-4). */
  setTags(id: string, tags: Tags): Promise<TaskView>
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
    create: async (input) => createTask(ctx, account, parseInput(createTaskSchema, input)),
    plan: async (input) => planTask(ctx, account, parseInput(planTaskSchema, input)),
    testSend: async (input) => testSend(ctx, account, parseInput(testSendSchema, input), submit),
    async list(input = {}) {
      const { cursor, limit, state, tag } = parseInput(listTasksSchema, input)
      const states: readonly TaskState[] | undefined = state && [state]
      const filter = { kind: 'task', account, order: 'newest', ...(states ? { states } : {}) } as const
      const page = await filteredPage(
        (part) => ctx.storage.read.records({ ...filter, ...part }),
        { limit, cursor },
        tag ? (record) => matchesTag(typed<'task'>(record).data.tags, tag) : null,
      )
      return {
        items: await Promise.all(page.items.map((record) => taskView(ctx, typed<'task'>(record)))),
        next: page.next,
      }
    },
    get: view,
    runs: async (id, page = {}) => taskRuns(ctx, account, id, parseInput(pageSchema, page)),
    pause: (id) => control(id, 'pause'),
    restart: (id) => control(id, 'restart'),
    cancel: (id) => control(id, 'cancel'),
    async cycleOff(id) {
      await cycleOff(ctx, account, id)
      return view(id)
    },
    async setTags(id, tags) {
      await setTaskTags(ctx, account, id, parseInput(tagsSchema, tags))
      return view(id)
    },
    retryFailed: (id) => retryFailed(ctx, account, id),
  }
}
