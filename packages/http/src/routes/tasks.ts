import type { Account, CreateTaskInput, PlanTaskInput } from '@mailwright/core'
import { created, ok } from '../answer.js'
import { createInput, jsonInput } from '../input.js'
import { queryOf } from '../query.js'
import { type AccountRoute, param } from '../route.js'

type Tasks = Account['tasks']
type TestSendInput = Parameters<Tasks['testSend']>[0]

/** A verb upon one task, which needs no body. */
const verb = (name: string, call: (tasks: Tasks, id: string) => Promise<unknown>): AccountRoute => ({
  method: 'POST',
  path: `/tasks/:id/${name}`,
  role: 'sender',
  handle: async (request) => ok(await call(request.account.tasks, param(request, 'id'))),
})

export const taskRoutes: readonly AccountRoute[] = [
  {
    method: 'POST',
    path: '/tasks',
    role: 'sender',
    handle: async (call) => created(await call.account.tasks.create(await createInput<CreateTaskInput>(call))),
  },
  {
    method: 'GET',
    path: '/tasks',
    role: 'viewer',
    handle: async ({ account, request }) => ok(await account.tasks.list(queryOf(request))),
  },
  {
    // A question, though it has a body: it changes nothing (TSK-13).
    method: 'POST',
    path: '/tasks/plan',
    role: 'viewer',
    handle: async (call) => ok(await call.account.tasks.plan(await jsonInput<PlanTaskInput>(call))),
  },
  {
    method: 'POST',
    path: '/tasks/test-send',
    role: 'sender',
    handle: async (call) => created(await call.account.tasks.testSend(await jsonInput<TestSendInput>(call))),
  },
  {
    method: 'GET',
    path: '/tasks/:id',
    role: 'viewer',
    handle: async (call) => ok(await call.account.tasks.get(param(call, 'id'))),
  },
  {
    method: 'GET',
    path: '/tasks/:id/runs',
    role: 'viewer',
    handle: async (call) => ok({ items: await call.account.tasks.runs(param(call, 'id')), next: null }),
  },
  verb('pause', (tasks, id) => tasks.pause(id)),
  verb('restart', (tasks, id) => tasks.restart(id)),
  verb('cancel', (tasks, id) => tasks.cancel(id)),
  verb('retry-failed', (tasks, id) => tasks.retryFailed(id)),
]
