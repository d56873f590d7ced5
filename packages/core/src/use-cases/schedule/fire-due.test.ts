import { describe, expect, it } from 'vitest'
import { aContext, NOON } from '../../../tests/a-context.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import { each, insertRecord, type TaskData } from '../stored.js'
import { fireDue } from './fire-due.js'
import { startWork } from './start-work.js'

const HOUR = 3_600_000
const DUE = 40

const skipping: TaskData = {
  name: null,
  schedule: {
    type: 'recurring',
    startAt: NOON - (DUE - 1) * HOUR,
    timeZone: 'UTC',
    rrule: 'FREQ=HOURLY',
    cycle: true,
    missed: 'skip',
  },
  domain: 'domain',
  sender: 'sender',
  template: 'template',
  templateVersion: null,
  group: 'group',
  subject: null,
  unsubscribe: null,
  requests: 0,
  run: null,
  openRun: null,
  waiting: 0,
  nextRun: NOON - (DUE - 1) * HOUR,
  pause: null,
  error: null,
  scenario: 'marketing',
  tags: {},
}

describe('fireDue', () => {
  it('TSK-5, ACC-5: a rule that takes long to follow lets others have their turn while what was missed is decided on', async () => {
    const ctx = aContext()
    let now = NOON + HOUR / 2
    let breaths = 0
    // Whoever looks at the clock finds that it has gone on, as if each look came after slow work.
    const slow = {
      ...ctx,
      clock: {
        ...ctx.clock,
        now: () => {
          now += 20
          return now
        },
      },
      breathe: async () => {
        breaths += 1
      },
    }
    const task = { account: 'acme', id: 'task-1' }
    const record = { ...task, kind: 'task' as const, parent: 'domain', state: 'to-start' as const, createdAt: NOON }
    const stored = await tryBundle(ctx, bundle([insertRecord({ ...record, data: skipping }), startWork(task, NOON)]))
    expect(stored.applied).toBe(true)
    const [work] = await ctx.storage.claim({
      kinds: ['start'],
      now,
      leaseUntil: now + HOUR,
      expiredBefore: now,
      token: 'mine',
      limit: 1,
      exceptLanes: [],
    })
    if (!work) throw new Error('nothing was due')
    await fireDue(slow, work)
    let skipped = 0
    for await (const { data } of each(ctx, 'occurrence', { account: 'acme' })) skipped += data.skipped?.count ?? 0
    expect(skipped).toBe(DUE)
    expect(breaths).toBeGreaterThan(3)
  })
})
