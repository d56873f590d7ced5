import { ingestOptionsSchema } from '@mailwright/core'
import { z } from 'zod'
import { operator } from '../operation.js'
import { list } from '../schemas/common.js'
import { finding, ingestAnswer, tickResult } from '../schemas/operator.js'

const notice = { body: 'mail', query: ingestOptionsSchema, answer: ingestAnswer } as const

/** About the whole installation, so for callers only whom the host calls operators. */
export const operatorRoutes = [
  operator('GET', '/doctor', {
    summary: 'What to mend before launch day, errors first',
    answer: list(finding),
    call: (mail) => mail.doctor(),
  }),
  operator('POST', '/tick', {
    summary: 'Handles what is due now, for hosts whose cron is the worker',
    body: z.strictObject({ maxMs: z.int().min(1).optional() }),
    answer: tickResult,
    call: (mail, { body }) => mail.tick(body),
  }),
  operator('POST', '/ingest/dsn', {
    ...notice,
    summary: 'Takes in a report of failure, delay or delivery',
    call: ({ ingest }, { body, query }) => ingest.dsn(body, query),
  }),
  operator('POST', '/ingest/arf', {
    ...notice,
    summary: 'Takes in a complaint of a feedback loop',
    call: ({ ingest }, { body, query }) => ingest.arf(body, query),
  }),
  operator('POST', '/ingest/mail', {
    ...notice,
    summary: 'Takes in any mail that came to a return path',
    call: ({ ingest }, { body, query }) => ingest.mail(body, query),
  }),
]
