import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { createMailService } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService, DAY, DOMAIN, rows, SENDER, type Service, START, settle } from './a-service.js'

const HOUR = 3_600_000
const what = { from: SENDER, template: 'welcome', group: 'readers', timeZone: 'Europe/Berlin' } as const
const daily = { type: 'recurring', startAt: START + HOUR, every: { n: 1, unit: 'days' }, ...what } as const

async function withReaders(count = 3, options: Parameters<typeof aService>[0] = {}) {
  const service = await aService(options)
  await service.mail.groups.create({ name: 'readers' })
  await service.mail.groups.importCsv('readers', rows(count))
  return service
}

/** What became of each occurrence, oldest first: state and days since the first one. */
async function history({ mail }: Pick<Service, 'mail'>, id: string, first = START + HOUR) {
  const { items } = await mail.tasks.runs(id, { limit: 1_000 })
  return items
    .map(
      ({ state, at, skipped }) =>
        `${state} ${(at - first) / DAY}${skipped && skipped.count > 1 ? `×${skipped.count}` : ''}`,
    )
    .reverse()
}

describe('scheduled tasks', () => {
  it('TSK-1: takes its time as the zone’s clock shows it, as an instant or as a Date', async () => {
    const { mail } = await withReaders()
    const noon = Date.parse('2026-12-24T11:00Z')
    for (const at of ['2026-12-24T12:00', '2026-12-24T11:00Z', noon, new Date(noon)]) {
      const { id } = await mail.tasks.create({ type: 'scheduled', at, ...what })
      expect(await mail.tasks.get(id)).toMatchObject({ nextRun: noon })
    }
    const { id } = await mail.tasks.create({ ...daily, startAt: '2026-12-24T12:00', until: '2026-12-31' })
    expect(await mail.tasks.get(id)).toMatchObject({ nextRun: noon })
    await expect(mail.tasks.create({ type: 'scheduled', at: 'at noon', ...what })).rejects.toThrow(/\(at: .*09:00/)
  })

  it('TSK-1: fires once, at its time', async () => {
    const service = await withReaders()
    const { mail, transport } = service
    const { id } = await mail.tasks.create({ type: 'scheduled', at: START + DAY, ...what })
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'to-start', type: 'scheduled', nextRun: START + DAY })
    await settle(service, START + DAY - 1)
    expect(transport.count).toBe(0)
    await settle(service, START + DAY)
    await settle(service, START + 9 * DAY)
    expect(transport.count).toBe(3)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'done', nextRun: null, delivered: 3 })
    expect(await mail.tasks.runs(id)).toMatchObject({
      items: [{ at: START + DAY, state: 'done', rows: 3, startedAt: START + DAY }],
      next: null,
    })
  })

  it('TSK-1: a start lies in the future and its zone exists', async () => {
    const { mail } = await withReaders()
    const refused = async (over: object) => mail.tasks.create({ ...daily, ...over } as typeof daily)
    const field = (name: string) => ({ code: 'INPUT_INVALID', details: { field: name } })
    await expect(mail.tasks.create({ type: 'scheduled', at: START, ...what })).rejects.toMatchObject(field('at'))
    await expect(refused({ startAt: START })).rejects.toMatchObject(field('startAt'))
    await expect(refused({ timeZone: 'Berlin' })).rejects.toMatchObject(field('timeZone'))
    await expect(refused({ every: { n: 0, unit: 'days' } })).rejects.toMatchObject(field('every.n'))
    await expect(refused({ rrule: 'FREQ=DAILY' })).rejects.toMatchObject(field('every'))
    await expect(refused({ every: undefined, rrule: 'FREQ=SECONDLY' })).rejects.toMatchObject(field('rrule'))
    await expect(refused({ every: undefined, rrule: 'FREQ=HOURLY;BYMINUTE=0,30' })).rejects.toMatchObject(
      field('rrule'),
    )
    expect((await mail.tasks.list()).items).toEqual([])
  })

  it('TSK-14: a pause holds its start, a restart gives it; a cancel ends it', async () => {
    const service = await withReaders()
    const { mail, transport } = service
    const { id } = await mail.tasks.create({ type: 'scheduled', at: START + DAY, ...what })
    await mail.tasks.pause(id)
    await settle(service, START + 2 * DAY)
    expect(transport.count).toBe(0)
    await mail.tasks.restart(id)
    await settle(service)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'done', sent: 3 })
    const other = await mail.tasks.create({ type: 'scheduled', at: START + 5 * DAY, ...what })
    await mail.tasks.pause(other.id)
    await mail.tasks.restart(other.id)
    await settle(service)
    expect(await mail.tasks.get(other.id)).toMatchObject({ state: 'to-start', nextRun: START + 5 * DAY })
    await mail.tasks.cancel(other.id)
    await settle(service, START + 9 * DAY)
    expect(transport.count).toBe(3)
    expect(await mail.tasks.runs(other.id)).toEqual({ items: [], next: null })
  })

  it('TSK-4: a start that has become invalid fails with the reason, and uses nothing any more', async () => {
    const service = await withReaders()
    const { mail } = service
    const { id } = await mail.tasks.create({ type: 'scheduled', at: START + DAY, ...what })
    await mail.templates.update('welcome', { subject: 'Welcome, {{nobody}}', html: '<p>Hello</p>' })
    await settle(service, START + DAY)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'failed', error: { code: 'VARIABLES_MISMATCH' } })
    expect((await mail.tasks.runs(id)).items).toMatchObject([
      { state: 'failed', error: { code: 'VARIABLES_MISMATCH' } },
    ])
    await mail.groups.delete('readers')
  })
})

describe('recurring tasks', () => {
  it('TSK-3, TSK-5: fires at each occurrence, is to-start between them, and lists what became of each', async () => {
    const service = await withReaders()
    const { mail, transport } = service
    const { id } = await mail.tasks.create({ ...daily, until: START + HOUR + 2 * DAY })
    for (let day = 0; day < 3; day += 1) {
      const at = START + HOUR + day * DAY
      expect(await mail.tasks.get(id)).toMatchObject({ state: 'to-start', nextRun: at })
      await settle(service, at - 1)
      expect(transport.count).toBe(3 * day)
      await settle(service, at)
      expect(transport.count).toBe(3 * (day + 1))
    }
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'done', nextRun: null, progress: 1, delivered: 3 })
    expect(await history(service, id)).toEqual(['done 0', 'done 1', 'done 2'])
    const page = await mail.tasks.runs(id, { limit: 2 })
    expect(page.items.map(({ at }) => (at - daily.startAt) / DAY)).toEqual([2, 1])
    expect((await mail.tasks.runs(id, { limit: 2, cursor: page.next ?? '' })).items).toHaveLength(1)
  })

  it('TSK-5: follows the wall clock of its zone over a change of clocks, and an RRULE does too', async () => {
    const service = await withReaders(1)
    const at = (day: number, hour: number, minute = 0) => Date.UTC(2027, 2, day, hour, minute)
    const starts: Record<string, number[]> = {}
    const days = await service.mail.tasks.create({ ...daily, startAt: at(27, 1, 30) })
    const rule = await service.mail.tasks.create({
      ...daily,
      startAt: at(27, 1, 30),
      every: undefined,
      rrule: 'FREQ=DAILY',
    })
    await settle(service, at(30, 0))
    for (const { id } of [days, rule])
      starts[id] = (await service.mail.tasks.runs(id)).items.map((run) => run.at).reverse()
    expect(starts[days.id]).toEqual([at(27, 1, 30), at(28, 1), at(29, 0, 30)])
    expect(starts[rule.id]).toEqual([at(27, 1, 30), at(28, 1, 30), at(29, 0, 30)])
  })

  it('TSK-2, TSK-4, TPL-7: each run takes the rows and the template as they are at its start', async () => {
    const service = await withReaders(2)
    const { mail, transport } = service
    const { id } = await mail.tasks.create(daily)
    await settle(service, daily.startAt)
    await mail.groups.importCsv('readers', rows(5))
    await mail.templates.update('welcome', { subject: 'Again, {{name}}', html: '<p>Hello</p>' })
    await settle(service, daily.startAt + DAY)
    const { items } = await mail.tasks.runs(id)
    expect(items.map((run) => run.rows)).toEqual([5, 2])
    expect(items[0]?.templateVersion).not.toBe(items[1]?.templateVersion)
    expect(Buffer.from(transport.messages.at(-1)?.content ?? '').toString()).toContain('Subject: Again')
  })

  it('TSK-2, TSK-4: a start that has become invalid is recorded with its reason; the next occurrence tries again', async () => {
    const service = await withReaders()
    const { mail } = service
    const { id } = await mail.tasks.create(daily)
    await mail.templates.update('welcome', { subject: 'Welcome, {{nobody}}', html: '<p>Hello</p>' })
    await settle(service, daily.startAt)
    expect(await mail.tasks.get(id)).toMatchObject({
      state: 'to-start',
      error: { code: 'VARIABLES_MISMATCH' },
      nextRun: daily.startAt + DAY,
    })
    await mail.templates.update('welcome', { subject: 'Welcome, {{name}}', html: '<p>Hello</p>' })
    await settle(service, daily.startAt + DAY)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'to-start', error: null, delivered: 3 })
    expect(await history(service, id)).toEqual(['failed 0', 'done 1'])
  })

  it('TSK-4: whose last occurrence cannot start has failed', async () => {
    const service = await withReaders()
    const { id } = await service.mail.tasks.create({ ...daily, until: daily.startAt })
    await service.mail.templates.update('welcome', { subject: 'Welcome, {{nobody}}', html: '<p>Hello</p>' })
    await settle(service, daily.startAt)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'failed', error: { code: 'VARIABLES_MISMATCH' } })
  })

  it('TSK-5: one due while the last run is unfinished waits for its end, further ones are skipped', async () => {
    // 1,000, 2,000, 5,000 go on the first days: the run ends at the start of the fourth.
    const service = await withReaders(9_000)
    const { mail } = service
    const { id } = await mail.tasks.create(daily)
    await settle(service, daily.startAt + DAY)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'paused', waiting: 1, nextRun: daily.startAt + 2 * DAY })
    expect(await history(service, id)).toEqual(['open 0', 'waiting 1'])
    await settle(service, daily.startAt + 2 * DAY)
    expect(await history(service, id)).toEqual(['open 0', 'waiting 1', 'skipped 2'])
    await settle(service, daily.startAt + 3 * DAY - 1)
    const { items } = await mail.tasks.runs(id)
    expect(items.map(({ state }) => state)).toEqual(['skipped', 'done', 'done'])
    expect(items[1]).toMatchObject({ at: daily.startAt + DAY, startedAt: items[2]?.finishedAt })
    expect(items[0]?.skipped).toEqual({ through: daily.startAt + 2 * DAY, count: 1, reason: 'overlap' })
  })

  it.each([
    ['latest', ['skipped 0×4', 'done 4']],
    ['all', ['done 0', 'done 1', 'done 2', 'done 3', 'done 4']],
    ['skip', ['skipped 0×5']],
  ] as const)('TSK-5: after five days without a scheduler, missed: %s', async (missed, expected) => {
    const service = await withReaders()
    const { id } = await service.mail.tasks.create({ ...daily, missed })
    await service.clock.stepTo(daily.startAt + 4 * DAY + 2 * HOUR)
    await settle(service)
    expect(await history(service, id)).toEqual(expected)
    expect(service.transport.count).toBe(3 * expected.filter((one) => one.startsWith('done')).length)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'to-start', nextRun: daily.startAt + 5 * DAY })
  })

  it('TSK-5: an hourly task away for a year is caught up with in steps, and the skipped hours are counted', async () => {
    const service = await withReaders(1)
    const { id } = await service.mail.tasks.create({ ...daily, every: { n: 1, unit: 'hours' } })
    await service.clock.stepTo(daily.startAt + 365 * DAY)
    await settle(service)
    const { items } = await service.mail.tasks.runs(id, { limit: 1_000 })
    expect(items[0]).toMatchObject({ state: 'done', at: daily.startAt + 365 * DAY })
    expect(items.reduce((sum, { skipped }) => sum + (skipped?.count ?? 0), 0)).toBe(365 * 24)
  })

  it('TSK-5, TSK-14: what falls due during a pause is missed: the policy decides at the restart', async () => {
    const service = await withReaders()
    const { mail } = service
    const { id } = await mail.tasks.create(daily)
    await settle(service, daily.startAt)
    await mail.tasks.pause(id)
    await settle(service, daily.startAt + 3 * DAY + HOUR)
    expect(await history(service, id)).toEqual(['done 0'])
    await mail.tasks.restart(id)
    await settle(service)
    expect(await history(service, id)).toEqual(['done 0', 'skipped 1×2', 'done 3'])
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'to-start', nextRun: daily.startAt + 4 * DAY })
  })

  it('TSK-14: paused while it sends, its run goes on at the restart, then what has waited', async () => {
    const service = await withReaders(1_200)
    const { mail, transport } = service
    const { id } = await mail.tasks.create(daily)
    await settle(service, daily.startAt + DAY - 2 * HOUR)
    await mail.tasks.pause(id)
    const sent = transport.count
    await settle(service, daily.startAt + DAY + HOUR)
    expect(transport.count).toBe(sent)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'paused', pause: { reason: 'operator' }, waiting: 0 })
    await mail.tasks.restart(id)
    await settle(service)
    await settle(service, daily.startAt + 2 * DAY - HOUR)
    expect((await history(service, id))[0]).toBe('done 0')
    expect((await history(service, id))[1]).toBe('done 1')
  })

  it('TSK-1: with the cycle off nothing fires any more; an open run goes on to its end', async () => {
    const service = await withReaders(4_000)
    const { mail } = service
    const { id } = await mail.tasks.create(daily)
    await settle(service, daily.startAt + DAY)
    expect(await history(service, id)).toEqual(['open 0', 'waiting 1'])
    expect(await mail.tasks.cycleOff(id)).toMatchObject({ state: 'paused', nextRun: null, waiting: 0 })
    expect(await mail.tasks.cycleOff(id)).toMatchObject({ nextRun: null })
    await settle(service, daily.startAt + 9 * DAY)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'done', delivered: 4_000 })
    expect(await history(service, id)).toEqual(['done 0', 'skipped 1'])
    expect((await mail.tasks.runs(id)).items[0]?.skipped?.reason).toBe('ended')
    await mail.groups.delete('readers')
  })

  it('TSK-1: between two runs the cycle is off at once; what does not recur has no cycle', async () => {
    const service = await withReaders()
    const { mail } = service
    const { id } = await mail.tasks.create(daily)
    await settle(service, daily.startAt)
    expect(await mail.tasks.cycleOff(id)).toMatchObject({ state: 'done', nextRun: null })
    await settle(service, daily.startAt + 3 * DAY)
    expect(service.transport.count).toBe(3)
    const once = await mail.tasks.create({ type: 'scheduled', at: daily.startAt + 9 * DAY, ...what })
    await expect(mail.tasks.cycleOff(once.id)).rejects.toMatchObject({ code: 'STATE_INVALID' })
    await expect(mail.account('other').tasks.cycleOff(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('TSK-14: a cancel stops the run and the recurrence', async () => {
    const service = await withReaders(4_000)
    const { mail, transport } = service
    const { id } = await mail.tasks.create({ ...daily, missed: 'all' })
    await settle(service, daily.startAt + DAY)
    const sent = transport.count
    expect(await mail.tasks.cancel(id)).toMatchObject({ state: 'cancelled', nextRun: null })
    await settle(service, daily.startAt + 5 * DAY)
    expect(transport.count).toBe(sent)
    expect(await history(service, id)).toEqual(['cancelled 0', 'skipped 1'])
  })

  it('SND-4: what a task can still fire with is in use until it is over', async () => {
    const service = await withReaders()
    const { mail } = service
    const { id } = await mail.tasks.create(daily)
    await settle(service, daily.startAt + 3 * DAY)
    for (const call of [
      () => mail.groups.delete('readers'),
      () => mail.templates.delete('welcome'),
      () => mail.senders.delete(SENDER),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'IN_USE', details: { tasks: [id] } })
    await mail.tasks.cycleOff(id)
    await mail.groups.delete('readers')
    await mail.templates.delete('welcome')
    await mail.senders.delete(SENDER)
    await mail.domains.delete(DOMAIN)
  })

  it('TSK-5: a start waits for the end of an import', async () => {
    const service = await withReaders()
    const { mail, clock } = service
    const { id } = await mail.tasks.create(daily)
    let go = () => {}
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    async function* slowly() {
      yield Buffer.from('email,name\nlate@readers.example,')
      await held
      yield Buffer.from('Late\n')
    }
    const importing = mail.groups.importCsv('readers', slowly())
    while ((await mail.groups.get('readers')).state !== 'importing') await new Promise(setImmediate)
    await clock.stepTo(daily.startAt)
    await mail.tick()
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'to-start', nextRun: daily.startAt, error: null })
    go()
    await importing
    await settle(service, daily.startAt + 5_000)
    await settle(service)
    expect((await mail.tasks.runs(id)).items).toMatchObject([{ at: daily.startAt, state: 'done', rows: 4 }])
  })

  it('TSK-5: three schedulers on one storage fire each occurrence once', async () => {
    const storage = memoryStorage()
    const service = await withReaders(2, { storage })
    const rival = () =>
      createMailService({
        storage,
        transport: service.transport,
        clock: service.clock,
        secret: 'a secret only for the tests',
      })
    const rivals = [await rival(), await rival(), service.mail]
    const { id } = await service.mail.tasks.create({ ...daily, every: { n: 1, unit: 'hours' } })
    for (let hour = 0; hour < 30; hour += 1) {
      await service.clock.stepTo(daily.startAt + hour * HOUR)
      await Promise.all(rivals.map((mail) => mail.tick()))
    }
    await settle(service)
    const { items } = await service.mail.tasks.runs(id, { limit: 100 })
    expect(items.map(({ at, state }) => `${state} ${(at - daily.startAt) / HOUR}`).reverse()).toEqual(
      Array.from({ length: 30 }, (_, hour) => `done ${hour}`),
    )
    expect(service.transport.count).toBe(60)
  })
})

describe('the plan of a schedule', () => {
  it('TSK-13: names the next starts, and the days on which the first one goes out; it comes true', async () => {
    const service = await withReaders(4_000)
    const { mail, transport } = service
    const every = { n: 1, unit: 'weeks' } as const
    const task = { ...daily, startAt: START + 3 * DAY, every }
    const { starts, days } = await mail.tasks.plan(task)
    expect(starts).toEqual([0, 7, 14, 21, 28].map((day) => START + (3 + day) * DAY))
    expect(days).toEqual([
      { day: '2026-11-26', count: 1_000 },
      { day: '2026-11-27', count: 2_000 },
      { day: '2026-11-28', count: 1_000 },
    ])
    await mail.tasks.create(task)
    const sent: number[] = []
    for (const { day } of days) {
      await settle(service, Date.parse(day) + DAY - 1)
      sent.push(transport.count)
    }
    expect(sent).toEqual([1_000, 3_000, 4_000])
  })

  it('TSK-13: fewer starts where there are fewer; a time in the past is refused; no type means now', async () => {
    const { mail } = await withReaders(10)
    const rule = { ...daily, every: undefined, rrule: 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3' }
    expect((await mail.tasks.plan(rule)).starts).toHaveLength(3)
    const scheduled = { type: 'scheduled', ...what } as const
    expect((await mail.tasks.plan({ ...scheduled, at: START + DAY })).starts).toEqual([START + DAY])
    await expect(mail.tasks.plan({ ...scheduled, at: START - DAY })).rejects.toMatchObject({ details: { field: 'at' } })
    const { timeZone: _, ...now } = what
    expect(await mail.tasks.plan(now)).toMatchObject({ starts: [START], days: [{ day: '2026-11-23', count: 10 }] })
  })
})
