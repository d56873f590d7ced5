import { call, race } from './race.js'
import { DOMAIN, SENDER, until } from './shop.js'

const message = (to: string | string[]) => ({
  from: SENDER,
  to,
  template: 'welcome',
  variables: { name: 'Ann' },
})
const people = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}@readers.example`)
const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index))

const LEFT = 100

export const dailyLimitRace = race({
  id: 'C1',
  about: '1,000 sends at once into a day that has 100 left',
  rounds: { ci: 1, acceptance: 50 },
  // Level 1 is 500 mails a day.
  policy: { startLevel: 1 },
  async round({ shop, all, expect, expectEnds }) {
    const used = people('used', 500 - LEFT)
    for (let from = 0; from < used.length; from += 50) await shop.mail.send(message(used.slice(from, from + 50)))
    const answers = await all(people('racer', 1_000).map((to) => call('send', message(to))))
    expectEnds('sends', answers, { done: LEFT, DAILY_LIMIT: 1_000 - LEFT })
    const worker = await shop.start()
    expect('what was accepted is sent', (await shop.untilIdle(60_000)) !== null)
    expect('and no more than that', shop.sink.copies.length === 500)
    expect('the worker ends with 0', (await worker.stop()) === 0)
    return answers.length
  },
})

export const senderLimitRace = race({
  id: 'C2',
  about: '1,000 creates of a sender at once on one domain',
  rounds: { ci: 1, acceptance: 50 },
  async round({ shop, all, expect, expectEnds }) {
    await shop.mail.senders.delete(SENDER)
    const create = (name: string) => (index: number) => call('senders.create', { address: `${name}${index}@${DOMAIN}` })
    expectEnds('creates', await all(times(1_000, create('sender'))), { done: 10, LIMIT_REACHED: 990 })
    const { items } = await shop.mail.senders.list()
    expect('ten are listed', items.length === 10)
    await shop.mail.senders.delete(items[0]?.id ?? '')
    expectEnds('refill', await all(times(20, create('again'))), { done: 1, LIMIT_REACHED: 19 })
    return 1_000
  },
})

export const callbackRace = race({
  id: 'C3',
  about: '200 calls at once that set the callback of the account, and of one sender',
  rounds: { ci: 1, acceptance: 50 },
  async round({ shop, all, expect }) {
    const url = (index: number) => `https://host${index}.example:8080/hook`
    const answers = await all(
      times(400, (index) =>
        index % 8 < 4
          ? call('callbacks.setAccount', { url: url(index), force: true })
          : call('callbacks.setSender', { sender: SENDER, url: url(index), force: true }),
      ),
    )
    const odd = answers.filter(({ end }) => end !== 'done' && end !== 'CHANGED_MEANWHILE')
    expect(`only rivals lose: ${odd[0]?.end}`, odd.length === 0)
    const { items } = await shop.mail.callbacks.list()
    expect('one of the account', items.filter(({ sender }) => sender === null).length === 1)
    expect('one of the sender', items.filter(({ sender }) => sender !== null).length === 1)
    return answers.length
  },
})

export const idempotencyRace = race({
  id: 'C8',
  about: 'one idempotency key 100 times at once, and again after everybody was killed',
  rounds: { ci: 1, acceptance: 50 },
  async round({ shop, actors, all, expect, expectEnds }) {
    const pair = people('once', 2)
    const keyed = { ...message(pair), idempotencyKey: 'send-once' }
    const { mail } = shop
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv(
      'readers',
      `email,name\n${people('row', 20)
        .map((one) => `${one},Ann`)
        .join('\n')}\n`,
    )
    const task = { type: 'immediate', from: SENDER, template: 'welcome', group: 'readers', idempotencyKey: 'task-once' }
    const calls = times(200, (index) => (index % 8 < 4 ? call('send', keyed) : call('tasks.create', task)))
    const answers = await all(calls)
    expectEnds('calls', answers, { done: 200 })
    const distinct = new Set(answers.map(({ value }) => JSON.stringify(value)))
    expect(`two answers, not ${distinct.size}`, distinct.size === 2)
    const other = times(40, (index) => call('send', { ...keyed, subject: `Other ${index}` }))
    expectEnds('another body', await all(other), { IDEMPOTENCY_CONFLICT: 40 })
    // Killed with calls of a new key under way.
    const late = { ...message(people('late', 2)), idempotencyKey: 'send-late' }
    const cut = all(times(40, () => call('send', late))).catch(() => [])
    await Promise.all(actors.map((actor) => actor.kill()))
    await cut
    const next = await shop.start()
    const again = await next.call([call('send', keyed), call('send', late), call('send', late)])
    expectEnds('after the crash', again, { done: 3 })
    expect('the same answer', distinct.has(JSON.stringify(again[0]?.value)))
    expect('the new key too', JSON.stringify(again[1]?.value) === JSON.stringify(again[2]?.value))
    expect('all is sent', (await shop.untilIdle(60_000)) !== null)
    const states = async () => (await mail.tasks.list()).items.map(({ state }) => state)
    expect('one task, done', (await until(async () => `${await states()}` === 'done', 30_000)) !== null)
    expect('each gets one mail', shop.sink.copies.length === 24)
    expect('the worker ends with 0', (await next.stop()) === 0)
    return answers.length
  },
})
