import type { Account, CreateTaskInput, PlanTaskInput } from '@mailwright/core'
import { created, ok } from '../answer.js'
import { createInput, jsonInput } from '../input.js'
import { queryOf } from '../query.js'
import { type AccountRoute, param } from '../route.js'

type Tasks = Account['tasks']
type TestSendInput = Parameters<Tasks['testSend']>[0]

/** A verb upon one task, which needs no body. */
const upon = (
  name: string,
  verb: AccountRoute['verb'],
  call: (tasks: Tasks, id: string) => Promise<unknown>,
): AccountRoute => ({
  method: 'POST',
  path: `/tasks/:id/${name}`,
  verb,
  handle: async (request) => ok(await call(request.account.tasks, param(request, 'id'))),
})

export const taskRoutes: readonly AccountRoute[] = [
  {
    method: 'POST',
    path: '/tasks',
    verb: 'tasks.create',
    handle: async (call) => created(await call.account.tasks.create(await createInput<CreateTaskInput>(call))),
  },
  {
    method: 'GET',
    path: '/tasks',
    verb: 'tasks.list',
    handle: async ({ account, request }) => ok(await account.tasks.list(queryOf(request))),
  },
  {
    // A question, though it has a body: it changes nothing (TSK-13).
    method: 'POST',
    path: '/tasks/plan',
    verb: 'tasks.plan',
    handle: async (call) => ok(await call.account.tasks.plan(await jsonInput<PlanTaskInput>(call))),
  },
  {
    method: 'POST',
    path: '/tasks/test-send',
    verb: 'tasks.testSend',
    handle: async (call) => created(await call.account.tasks.testSend(await createInput<TestSendInput>(call))),
  },
  {
    method: 'GET',
    path: '/tasks/:id',
    verb: 'tasks.get',
    handle: async (call) => ok(await call.account.tasks.get(param(call, 'id'))),
  },
  {
    method: 'GET',
    path: '/tasks/:id/runs',
    verb: 'tasks.runs',
    handle: async (call) => ok(await call.account.tasks.runs(param(call, 'id'), queryOf(call.request))),
  },
  upon('pause', 'tasks.pause', (tasks, id) => tasks.pause(id)),
  upon('restart', 'tasks.restart', (tasks, id) => tasks.restart(id)),
  upon('cancel', 'tasks.cancel', (tasks, id) => tasks.cancel(id)),
  upon('cycle-off', 'tasks.cycleOff', (tasks, id) => tasks.cycleOff(id)),
  upon('retry-failed', 'tasks.retryFailed', (tasks, id) => tasks.retryFailed(id)),
]
