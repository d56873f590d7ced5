import {
  type Account,
  createTaskSchema,
  listTasksSchema,
  pageSchema,
  planTaskSchema,
  tagsSchema,
  testSendSchema,
} from '@mailwright/core'
import { z } from 'zod'
import { json } from '../operation.js'
import { count, id, pageOf } from '../schemas/common.js'
import { sendAnswer } from '../schemas/send.js'
import { runView, taskPlan, taskView } from '../schemas/tasks.js'

type Control = 'pause' | 'restart' | 'cancel' | 'cycleOff'

/** A verb upon one task, which needs no body. */
const control = (verb: Control, path: string, summary: string) =>
  json('POST', `/tasks/:id/${path}`, {
    verb: `tasks.${verb}`,
    summary,
    answer: taskView,
    call: ({ tasks }: Account, { params }) => tasks[verb](params.id),
  })

export const taskRoutes = [
  json('POST', '/tasks', {
    verb: 'tasks.create',
    summary: 'Sends a template to a group: now, at a time, or again and again',
    body: createTaskSchema,
    answer: z.strictObject({ id }),
    makes: true,
    call: ({ tasks }, { body }) => tasks.create(body),
  }),
  json('GET', '/tasks', {
    verb: 'tasks.list',
    summary: 'Lists tasks, newest first',
    query: listTasksSchema,
    answer: pageOf(taskView),
    call: ({ tasks }, { query }) => tasks.list(query),
  }),
  json('POST', '/tasks/plan', {
    verb: 'tasks.plan',
    summary: 'Says what would happen, and changes nothing',
    body: planTaskSchema,
    answer: taskPlan,
    call: ({ tasks }, { body }) => tasks.plan(body),
  }),
  json('POST', '/tasks/test-send', {
    verb: 'tasks.testSend',
    summary: 'Sends one mail of it to an address of your own',
    body: testSendSchema,
    answer: sendAnswer,
    makes: true,
    call: ({ tasks }, { body }) => tasks.testSend(body),
  }),
  json('GET', '/tasks/:id', {
    verb: 'tasks.get',
    summary: 'Shows a task with its figures',
    answer: taskView,
    call: ({ tasks }, { params }) => tasks.get(params.id),
  }),
  json('GET', '/tasks/:id/runs', {
    verb: 'tasks.runs',
    summary: 'Lists its occurrences, newest first: fired, waiting, skipped or failed',
    query: pageSchema,
    answer: pageOf(runView),
    call: ({ tasks }, { params, query }) => tasks.runs(params.id, query),
  }),
  control('pause', 'pause', 'Pauses it'),
  control('restart', 'restart', 'Goes on with it; without an allowance it stays paused and says until when'),
  control('cancel', 'cancel', 'Ends it; what has not started is not sent'),
  control('cycleOff', 'cycle-off', 'Lets nothing fire any more'),
  json('POST', '/tasks/:id/retry-failed', {
    verb: 'tasks.retryFailed',
    summary: 'Queues its failed mails again',
    answer: z.strictObject({ requeued: count }),
    call: ({ tasks }, { params }) => tasks.retryFailed(params.id),
  }),
  json('PUT', '/tasks/:id/tags', {
    verb: 'tasks.setTags',
    summary: 'Replaces all its tags',
    body: tagsSchema,
    answer: taskView,
    call: ({ tasks }, { params, body }) => tasks.setTags(params.id, body),
  }),
]
