import { setTimeout as delay } from 'node:timers/promises'
import { call, race } from './race.js'
import { DOMAIN, readersOf, SENDER } from './shop.js'

/** `policy.unsettledMax` of a race: a flush window. */
const WINDOW = 50
/** Of one round of C4, each cancelled after so many turns. */
const BATCHES = 5
const TURNS = 10

export const controlRace = race({
  id: 'C4',
  about: 'pause, restart and cancel by several processes against a running batch',
  rounds: { ci: 2, acceptance: 20 },
  async round({ shop, all, actors, random, expect }) {
    const worker = await shop.start()
    let calls = 0
    for (let batch = 0; batch < BATCHES; batch += 1) {
      await shop.nextBatch(300)
      const id = shop.tasks.at(-1) ?? ''
      const name = `@batch${batch}.example`
      const copies = () => shop.sink.copies.filter(({ recipient }) => recipient.endsWith(name)).length
      for (let turn = 0; turn < TURNS; turn += 1) {
        await delay(random() * 40)
        const verbs = ['pause', 'restart', random() < 0.5 ? 'restart' : 'pause']
        const answers = await all(verbs.map((verb) => call(`tasks.${verb}`, id)))
        calls += answers.length
        const odd = answers.find(({ end }) => !['done', 'STATE_INVALID', 'CHANGED_MEANWHILE'].includes(end))
        expect(`a call ended with ${odd?.end}`, odd === undefined)
      }
      const [cancelled] = (await actors[batch % actors.length]?.call([call('tasks.cancel', id)])) ?? []
      const before = copies()
      calls += 1
      const ended = (await shop.mail.tasks.get(id)).state
      expect(
        `cancel ended with ${cancelled?.end} on a task that is ${ended}`,
        cancelled?.end === 'done' || ended === 'done',
      )
      expect('mail on its way comes to its end', (await shop.untilIdle(60_000)) !== null)
      const view = await shop.mail.tasks.get(id)
      const accounted = view.delivered + view.bounced + view.failed + view.cancelled + view.blocked + view.expired
      expect(`a legal end, not ${view.state}`, view.state === 'cancelled' || view.state === 'done')
      expect(`${copies() - before} left after cancel had answered`, copies() - before <= WINDOW)
      expect(`${view.delivered} delivered of ${copies()} that arrived`, view.delivered === copies())
      expect(`${accounted} of ${view.requests} accounted for`, accounted === view.requests)
    }
    expect('the worker ends with 0', (await worker.stop()) === 0)
    return calls
  },
})

export const blockRace = race({
  id: 'C5',
  about: 'addresses blocked by other processes while a batch runs',
  rounds: { ci: 1, acceptance: 20 },
  async round({ shop, actors, random, expect }) {
    const rows = 1_000
    await shop.nextBatch(rows)
    const readers = readersOf(0, rows)
    const worker = await shop.start()
    /** How many copies there were when the call had answered, by address. */
    const blocked = new Map<string, number>()
    await Promise.all(
      actors.map(async (actor) => {
        while (!(await shop.lastIsDone())) {
          // Somebody who is not far ahead.
          const reader = readers[shop.sink.copies.length + Math.floor(random() * 300)]
          if (reader === undefined || blocked.has(reader) || reader.startsWith('bad')) {
            await delay(5)
            continue
          }
          const [answer] = await actor.call([call('blocklist.custom.add', { addresses: [reader] })])
          expect(`block ended with ${answer?.end}`, answer?.end === 'done')
          blocked.set(reader, shop.sink.copies.length)
        }
      }),
    )
    expect('the batch ends', (await shop.untilDone(60_000)) !== null)
    expect('somebody was blocked', blocked.size > 0)
    let kept = 0
    for (const [reader, at] of blocked) {
      const arrived = shop.sink.copies.findIndex(({ recipient }) => recipient === reader)
      if (arrived < 0) kept += 1
      // What was on its way already, and one flush window in another process (REL-5).
      else expect(`${reader} got mail ${arrived - at} mails after the call had answered`, arrived - at <= 2 * WINDOW)
    }
    const view = await shop.mail.tasks.get(shop.tasks[0] ?? '')
    expect(`${kept} blocked in time, the task says ${view.blocked}`, view.blocked === kept)
    expect('the worker ends with 0', (await worker.stop()) === 0)
    return blocked.size
  },
})

export const importRace = race({
  id: 'C6',
  about: 'imports into one group at once, and deletes of what a running batch uses',
  rounds: { ci: 1, acceptance: 50 },
  async round({ shop, all, expect, expectEnds }) {
    const file = (name: string) =>
      `email,name\n${Array.from({ length: 500 }, (_, row) => `${name}${row}@readers.example,Ann`).join('\n')}\n`
    await shop.mail.groups.create({ name: 'raced' })
    const imports = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const answers = await all(imports.map((name) => call('groups.importCsv', 'raced', file(name))))
    const taken = answers.filter(({ end }) => end === 'done').length
    expectEnds('imports', answers, { done: taken, ...(taken < 8 ? { GROUP_NOT_READY: 8 - taken } : {}) })
    const group = await shop.mail.groups.get('raced')
    expect(`${group.rows} rows of ${taken} whole files`, taken > 0 && group.rows === 500 * taken)
    await shop.nextBatch(600)
    const worker = await shop.start()
    await shop.sink.taken(20)
    const deletes = await all([
      call('groups.delete', 'batch0'),
      call('templates.delete', 'welcome'),
      call('senders.delete', SENDER),
      call('domains.delete', DOMAIN),
      call('groups.importCsv', 'batch0', file('later')),
    ])
    expectEnds('deletes', deletes, { IN_USE: 4, done: 1 })
    expect('the batch ends', (await shop.untilDone(60_000)) !== null)
    const view = await shop.mail.tasks.get(shop.tasks[0] ?? '')
    expect(`the run keeps its 600 rows, not ${view.requests}`, view.requests === 600)
    expect('nobody else gets mail', shop.sink.copies.length === 594)
    expect('the worker ends with 0', (await worker.stop()) === 0)
    return answers.length + deletes.length
  },
})
