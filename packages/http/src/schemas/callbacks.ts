import { z } from 'zod'
import { count, id, instant, name } from './common.js'

const callback = {
  id,
  level: z.enum(['account', 'sender']),
  sender: z.string().nullable(),
  url: z.string(),
  compat: z.enum(['none', 'tencent']),
  state: z.enum(['active', 'gone']),
  goneAt: instant.nullable(),
  verifiedAt: instant.nullable(),
  createdAt: instant,
  changedAt: instant,
  secrets: count.describe('How many sign now.'),
}

export const callbackView = name('Callback', z.strictObject(callback))

export const callbackWithSecret = name(
  'CallbackWithSecret',
  z.strictObject({ ...callback, secret: z.string().nullable().describe('Shown once, when it is new.') }),
)

export const attemptView = name(
  'CallbackAttempt',
  z.strictObject({
    id: z.string(),
    state: z.enum(['told', 'failed', 'parked']),
    callback: id,
    webhookId: z.string(),
    event: z.enum(['delivered', 'dropped', 'bounce', 'open', 'click', 'spamreport', 'unsubscribe', 'deferred']),
    message: id,
    at: instant,
    attempt: z.int(),
    tookMs: z.number().nullable(),
    why: z.string().nullable(),
  }),
)

export const replayed = name('Replay', z.strictObject({ replayed: count, left: count }))
