import type { Call } from '../calls.js'
import { call, race } from './race.js'
import { DOMAIN, SENDER } from './shop.js'

const PER_ROUND = 500
/** Few names, so that many calls meet. */
const NAMES = 5

const operations: readonly ((name: string, index: number) => Call)[] = [
  (_, index) =>
    call('send', {
      from: SENDER,
      to: `mixed${index}@readers.example`,
      template: 'welcome',
      variables: { name: 'Ann' },
    }),
  (_, index) =>
    call('sendRegular', {
      from: SENDER,
      to: `plain${index}@readers.example`,
      template: 'welcome',
      variables: { name: 'Ann' },
    }),
  (name) => call('senders.create', { address: `${name}@${DOMAIN}` }),
  (name) => call('senders.delete', `${name}@${DOMAIN}`),
  (name) => call('templates.create', { name, type: 'text', subject: 'News', text: 'Hello' }),
  (name) => call('templates.update', name, { text: 'Hello again' }),
  (name) => call('groups.create', { name }),
  (name) => call('groups.importCsv', name, `email,name\n${name}@readers.example,Ann\n`),
  (name) => call('groups.delete', name),
  (name) => call('callbacks.setSender', { sender: SENDER, url: `https://${name}.example:8080/hook`, force: true }),
  (name) => call('blocklist.custom.add', { addresses: [`${name}@blocked.example`, 'shared@blocked.example'] }),
  (name) => call('domains.setTags', DOMAIN, { name }),
]

export const mixedOperations = race({
  id: 'C9',
  about: 'mixed calls on few records: no deadlock and no serialisation failure comes out',
  rounds: { ci: 1, acceptance: 20 },
  async round({ shop, all, random, expect }) {
    const worker = await shop.start()
    const calls = Array.from({ length: PER_ROUND }, (_, index) => {
      const operation = operations[Math.floor(random() * operations.length)] ?? operations[0]
      return operation?.(`name${Math.floor(random() * NAMES)}`, index)
    }).flatMap((one) => one ?? [])
    const answers = await all(calls)
    answers.forEach(({ end }, index) => {
      const refused = /^[A-Z_]+$/.test(end) && !/^(ADAPTER_FAILED|STORAGE_|INTERNAL_|INPUT_INVALID)/.test(end)
      expect(`${calls[index]?.path.join('.')} ended with ${end}`, end === 'done' || refused)
    })
    const sends: readonly (string | undefined)[] = ['send', 'sendRegular']
    const sent = answers.filter(({ end }, index) => end === 'done' && sends.includes(calls[index]?.path[0])).length
    expect('mail comes to its end', (await shop.untilIdle(60_000)) !== null)
    expect(`${shop.sink.copies.length} mails of ${sent} accepted`, shop.sink.copies.length === sent)
    expect('the worker ends with 0', (await worker.stop()) === 0)
    return answers.length
  },
})
