import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { countingCalls, failBefore } from '@mailwright/conformance'
import type { Bundle, RecipientOutcome, Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask, type Service, START, settle, statesOf, welcome } from './a-service.js'

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

const gate = () => {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

/** The storage, whose results of attempts wait at a gate while it is shut. */
const holdingResults = (storage: Storage, shut: () => Promise<void> | null): Storage => ({
  ...storage,
  async apply(bundles: readonly Bundle[]) {
    const results = bundles.some(({ changes }) =>
      changes.some((change) => change.type === 'settle' && change.items.some(({ attempt }) => attempt > 0)),
    )
    if (results) await shut()
    return storage.apply(bundles)
  },
})

describe('storage and kills', () => {
  it('REL-3: with answers outstanding, batch and single mail together start unsettledMax mails and no more', async () => {
    const answers = gate()
    let open = 0
    let most = 0
    const service = await aService({
      concurrency: 100,
      policy: { unsettledMax: 12, flushItems: 5 },
      answer: async () => {
        open += 1
        most = Math.max(most, open)
        await answers.opened
        open -= 1
        return accepted
      },
    })
    await aTask(service, 100)
    await service.mail.send({ ...welcome, to: Array.from({ length: 30 }, (_, index) => `one${index}@office.example`) })
    const ticking = service.mail.tick({ maxMs: 60_000 })
    await turns(200)
    expect(open).toBe(12)
    answers.open()
    await ticking
    await settle(service)
    expect(most).toBe(12)
    expect(service.transport.count).toBe(130)
  })

  it('REL-3: answered and not yet stored counts as unsettled', async () => {
    const flush = gate()
    let shut: Promise<void> | null = flush.opened
    const storage = holdingResults(memoryStorage(), () => shut)
    const service = await aService({ storage, concurrency: 100, policy: { unsettledMax: 12, flushItems: 5 } })
    await aTask(service, 100)
    await service.mail.send({ ...welcome, to: Array.from({ length: 30 }, (_, index) => `one${index}@office.example`) })
    const ticking = service.mail.tick({ maxMs: 60_000 })
    await turns(200)
    expect(service.transport.count).toBeLessThanOrEqual(12)
    expect(service.transport.count).toBeGreaterThan(0)
    shut = null
    flush.open()
    await ticking
    await settle(service)
    expect(service.transport.count).toBe(130)
  })

  it('REL-4: whatever call of the storage fails, send and create throw, and nothing leaves', async () => {
    const { storage, mail, ...set } = await aService()
    await aTask({ storage, mail, ...set }, 3)
    await settle({ storage, mail, ...set })
    const service = (port: Storage) => aService({ storage: port })
    const verbs = [
      ({ mail }: Service) => mail.send({ ...welcome, to: 'ann@office.example' }),
      ({ mail }: Service) => mail.sendRegular({ ...welcome, to: ['ann@office.example', 'bob@office.example'] }),
      ({ mail }: Service) =>
        mail.tasks.create({ type: 'immediate', from: welcome.from, template: 'welcome', group: 'readers' }),
    ]
    for (const [index, verb] of verbs.entries()) {
      // Of a process that has sent nothing before: later it asks less, since it remembers.
      const counting = countingCalls(storage, { except: ['close'] })
      const counted = await service(counting.port)
      const before = counting.calls.length
      await verb(counted)
      const calls = counting.calls.length - before
      await settle(counted)
      expect(counted.transport.count).toBe([1, 2, 3][index])
      expect(calls).toBeGreaterThan(2)
      const known = (await mail.tasks.list()).items.length
      const messages = Object.keys(await statesOf({ mail })).length
      for (let call = 1; call <= calls; call += 1) {
        const failing = await service(failBefore(storage, before + call, { except: ['close'] }))
        await expect(verb(failing), `call ${call}`).rejects.toMatchObject({ code: 'ADAPTER_FAILED' })
        await settle(failing)
        expect(failing.transport.count).toBe(0)
      }
      expect((await mail.tasks.list()).items).toHaveLength(known)
      expect(Object.keys(await statesOf({ mail }))).toHaveLength(messages)
    }
  })

  it('REL-1: a storage that goes away after the answer of the server keeps the result waiting, and nothing is sent twice', async () => {
    let away = 0
    const storage = memoryStorage()
    const flaky: Storage = {
      ...storage,
      async apply(bundles) {
        if (away > 0 && bundles.some(({ changes }) => changes.some(({ type }) => type === 'settle'))) {
          away -= 1
          throw new Error('the server closed the connection')
        }
        return storage.apply(bundles)
      },
    }
    const service = await aService({ storage: flaky })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    await aTask(service, 10)
    away = 2
    await settle(service, START + 600_000)
    expect(away).toBe(0)
    expect(service.transport.count).toBe(11)
    expect(new Set(Object.values(await statesOf(service)))).toEqual(new Set(['delivered']))
  })

  it.each(['block', 'unsubscribe', 'cancel'] as const)(
    'REL-5: after a %s during dispatch no mail is begun that it forbids',
    async (how) => {
      const hold = gate()
      const begun: string[] = []
      let token = ''
      const service = await aService({
        concurrency: 5,
        policy: { startLevel: 5, unsettledMax: 5 },
        answer: async ({ content }, to): Promise<RecipientOutcome> => {
          if (to === 'readers399@readers.example' && token === '')
            token =
              /unsubscribe\/([^>\s]+)>/.exec(
                Buffer.from(content)
                  .toString()
                  .replace(/\r\n[ \t]/g, ''),
              )?.[1] ?? ''
          else begun.push(to)
          if (begun.length === 3) hold.open()
          if (begun.length >= 3) await later.opened
          return accepted
        },
      })
      const later = gate()
      const { mail } = service
      await mail.groups.create({ name: 'one' })
      await mail.groups.importCsv('one', 'email,name\nreaders399@readers.example,R\n')
      await mail.tasks.create({ type: 'immediate', from: welcome.from, template: 'welcome', group: 'one' })
      await settle(service)
      const { id } = await aTask(service, 400)
      const ticking = mail.tick({ maxMs: 60_000 })
      await hold.opened
      if (how === 'block') await mail.blocklist.custom.add({ domains: ['readers.example'] })
      else if (how === 'cancel') await mail.tasks.cancel(id)
      else expect(await mail.unsubscribes.confirm(token)).toBe(true)
      const before = begun.length
      later.open()
      await ticking
      await settle(service)
      const task = await mail.tasks.get(id)
      if (how === 'unsubscribe') {
        expect(begun).not.toContain('readers399@readers.example')
        expect(task).toMatchObject({ state: 'done', delivered: 399, blocked: 1 })
      } else {
        expect(begun).toHaveLength(before)
        expect(task).toMatchObject({ delivered: before, [how === 'block' ? 'blocked' : 'cancelled']: 400 - before })
      }
    },
  )

  it('REL-5: a block holds for single mail that waits for its turn', async () => {
    const hold = gate()
    const later = gate()
    const begun: string[] = []
    const service = await aService({
      concurrency: 2,
      answer: async (_, to) => {
        begun.push(to)
        hold.open()
        await later.opened
        return accepted
      },
    })
    const to = Array.from({ length: 20 }, (_, index) => `p${index}@office.example`)
    await service.mail.send({ ...welcome, to })
    const ticking = service.mail.tick({ maxMs: 60_000 })
    await hold.opened
    await turns(20)
    await service.mail.blocklist.custom.add({ domains: ['office.example'] })
    const before = begun.length
    expect(before).toBeLessThan(20)
    later.open()
    await ticking
    await settle(service)
    expect(begun).toHaveLength(before)
    const states = Object.values(await statesOf(service))
    expect(states.filter((state) => state === 'dropped')).toHaveLength(20 - before)
  })
})
