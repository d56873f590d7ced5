import { readFileSync } from 'node:fs'
import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { type CreateTaskInput, createMailService, type MailService } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { refused, settle, strictLogger } from '../a-service.js'
import { type DayTotals, simulate, type TaskTotals, type Totals } from './oracle.js'
import { answerOf, DAY, FIRST_DAY, type Recurrence, type WorldTask, worldDomains, worldTasks } from './world.js'

/** The whole of it, 400 days, takes minutes: .ci/run asks for that. */
const DAYS = Number(process.env.MAILWRIGHT_DAYS ?? 45)

const accounts = [...new Set(worldDomains.map(({ account }) => account))]
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

const recurrenceOf = (recurrence: Recurrence) => {
  if (recurrence.type === 'every') return { every: { n: recurrence.n, unit: recurrence.unit } }
  if (recurrence.type === 'last-weekday-of-month') return { rrule: `FREQ=MONTHLY;BYDAY=-1${WEEKDAYS[recurrence.day]}` }
  return { rrule: `FREQ=WEEKLY;BYDAY=${recurrence.days.map((day) => WEEKDAYS[day]).join(',')}` }
}

const taskInput = (task: WorldTask): CreateTaskInput => ({
  type: 'recurring',
  startAt: task.startAt,
  timeZone: task.timeZone,
  ...recurrenceOf(task.recurrence),
  ...(task.until === null ? {} : { until: task.until }),
  name: task.name,
  from: `hello@${task.domain}`,
  template: 'news',
  group: task.name,
})

async function aWorld() {
  const clock = steppedClock(FIRST_DAY)
  const problems: string[] = []
  const transport = captureTransport({
    keep: false,
    answer(_, recipient) {
      const answer = answerOf(recipient, clock.now())
      if (answer === 'unknown-user') return refused(550, '5.1.1', 'no such user')
      if (answer === 'mailbox-full') return refused(552, '5.2.2', 'mailbox full')
      return { type: 'accepted', remoteId: null, reply: null }
    },
  })
  const mail = await createMailService({
    storage: memoryStorage(),
    transport,
    clock,
    secret: 'a secret only for the tests',
    dns: { dkim: 'transport' },
    logger: strictLogger(problems),
    // What is granted at once is sent as one chunk, so that the level is looked at between grants and not within one.
    // Results of few mails wait for no others: that would be real time.
    policy: { chunkRows: 5_000, flushMs: 1 },
  })
  for (const id of accounts)
    await mail.account(id).templates.create({ name: 'news', type: 'text', subject: 'News', text: 'Hello' })
  for (const { account, name } of worldDomains) {
    await mail.account(account).domains.create({ name, trust: 'operator' })
    await mail.account(account).senders.create({ address: `hello@${name}` })
  }
  const ids = new Map<string, string>()
  for (const task of worldTasks) {
    const account = mail.account(task.account)
    await account.groups.create({ name: task.name })
    await account.groups.importCsv(task.name, `email\n${task.recipients.join('\n')}\n`)
    ids.set(task.name, (await account.tasks.create(taskInput(task))).id)
  }
  return { mail, clock, transport, problems, ids }
}

async function totalsOf(mail: MailService, ids: ReadonlyMap<string, string>): Promise<Totals> {
  const days: Record<string, DayTotals> = {}
  for (const account of accounts) {
    const range = { from: FIRST_DAY, to: FIRST_DAY + DAYS * DAY }
    for (const { period, counts } of (await mail.account(account).statistics.sending(range)).items) {
      const { handedOver, delivered, bounced, dropped } = counts
      days[`${account} ${period}`] = { handedOver, delivered, bounced, blocked: dropped }
    }
  }
  const tasks: Record<string, TaskTotals> = {}
  for (const { name, account } of worldTasks) {
    const total = { fired: 0, skipped: 0, waiting: 0 }
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await mail
        .account(account)
        .tasks.runs(ids.get(name) ?? '', { limit: 1_000, ...(cursor ? { cursor } : {}) })
      for (const { state, skipped } of page.items) {
        if (state === 'waiting') total.waiting += 1
        else if (state === 'skipped') total.skipped += skipped?.count ?? 0
        else total.fired += 1
      }
      cursor = page.next
    }
    if (total.fired + total.waiting > 0) tasks[name] = total
  }
  const levels: Record<string, number> = {}
  for (const { account, name } of worldDomains)
    levels[name] = (await mail.account(account).domains.get(name)).allowance?.level ?? 0
  return { days, tasks, levels }
}

describe('many days on the stepped clock', () => {
  it(`TSK-5, TSK-6, TSK-8, BLK-1: ${DAYS} days of ${worldTasks.length} recurring tasks add up to what the oracle says`, {
    timeout: 3_600_000,
  }, async () => {
    const { mail, clock, transport, problems, ids } = await aWorld()
    const end = FIRST_DAY + DAYS * DAY
    await settle({ mail, clock } as Parameters<typeof settle>[0], end - 1)
    await clock.stepTo(end)
    const totals = await totalsOf(mail, ids)
    const wanted = simulate(DAYS)
    const sum = <T>(all: Readonly<Record<string, T>>, of: (one: T) => number) =>
      Object.values(all).reduce((total, one) => total + of(one), 0)
    console.log(
      `${DAYS} days, ${worldTasks.length} tasks, ${worldDomains.length} domains: ` +
        `handed over ${sum(totals.days, (day) => day.handedOver)}, delivered ${sum(totals.days, (day) => day.delivered)}, ` +
        `bounced ${sum(totals.days, (day) => day.bounced)}, blocked ${sum(totals.days, (day) => day.blocked)}; ` +
        `runs ${sum(totals.tasks, (task) => task.fired)}, skipped ${sum(totals.tasks, (task) => task.skipped)}; ` +
        `levels ${Object.values(totals.levels).join(' ')}`,
    )
    expect(totals.tasks).toEqual(wanted.tasks)
    expect(totals.days).toEqual(wanted.days)
    expect(totals.levels).toEqual(wanted.levels)
    expect(transport.count).toBe(sum(wanted.days, (day) => day.delivered))
    expect(problems).toEqual([])
  })

  it('is judged by an oracle that imports nothing but the plain data', () => {
    const importsOf = (file: string) =>
      readFileSync(new URL(file, import.meta.url), 'utf8').match(/(?<=from ')[^']+|\bimport\(/g) ?? []
    expect(importsOf('./oracle.ts')).toEqual(['./world.js'])
    expect(importsOf('./world.ts')).toEqual([])
  })
})
