import { type CellKey, COUNTERS, type Counter, type Observation, type Storage } from '@mailwright/core'
import { account, bigDomains, day, days, domains, start, tailDomains } from './statistics-data.js'
import { random } from './statistics-questions.js'

const bit = (...counters: readonly Counter[]): number =>
  counters.reduce((sum, counter) => sum + 2 ** COUNTERS.indexOf(counter), 0)

const workers = 4
const flush = 250

/** One more day of the same habits, as a service would store it: first outcomes in flushes of four workers, then opens. */
const mail = (n: number, quarter: number): { readonly first: Observation; readonly open: Observation } => {
  const name = n.toString(16).padStart(12, '0')
  const id = `7${name.slice(0, 7)}-${name.slice(7, 11)}-7000-8000-00000000000${name.slice(11)}`
  const sender = random(3)
  const rd = random(4) < 3 ? `big${random(bigDomains)}.example` : `tail${random(tailDomains)}.example`
  const recipientKey = `late${n}@${rd}`
  const [domain, bucket] = [domains[sender] ?? '', start + days * day + quarter * 900_000]
  const template = `template-${8 + random(8)}`
  const cell = { account, bucket, domain, template, task: '' }
  const cells: readonly CellKey[] = [
    { ...cell, cube: 'sender', recipientDomain: '' },
    { ...cell, cube: 'recipient', recipientDomain: rd },
  ]
  const message = { id, account, task: '', origin: 'late', lane: 'other', seq: n, mailbox: recipientKey, recipientKey }
  const sent = { senderDomain: `domain-${sender}`, template, acceptedAt: bucket, bucket }
  const insert = { ...message, ...sent, facts: 0, attempt: 0, lastAt: bucket, lastReply: '' }
  const common = { message: id, at: bucket, cells, block: null, work: null }
  const event = {
    key: `${id}:open`,
    message: id,
    account,
    kind: 'open',
    at: bucket + 60_000,
    detail: { userAgent: 'Mozilla/5.0' },
    sentAt: bucket,
    domain,
    recipientDomain: rd,
    template,
    task: '',
    person: recipientKey,
  }
  const first = bit('accepted', 'handedOver', 'delivered')
  return {
    first: { ...common, insert, facts: first, attempt: 1, reply: '250 2.0.0 Ok', event: null, raw: null },
    open: { ...common, insert: null, facts: bit('opened', 'humanOpened'), attempt: 0, reply: '', event, raw: 'opens' },
  }
}

export async function applyDay(storage: Storage, mails: number): Promise<void> {
  const flushes = Math.max(workers, Math.ceil(mails / flush))
  for (let at = 0; at < flushes; at += workers)
    await Promise.all(
      Array.from({ length: workers }, async (_, shard) => {
        const quarter = Math.floor((at / flushes) * 96)
        const sent = Array.from({ length: flush }, (_, n) => mail((at + shard) * flush + n, quarter))
        const settles = [sent.map(({ first }) => first), sent.filter((_, n) => n % 3 === 0).map(({ open }) => open)]
        for (const items of settles) {
          const [result] = await storage.apply([{ guards: [], changes: [{ type: 'settle', shard, items }] }])
          if (!result?.applied) throw new Error('a flush was refused')
        }
      }),
    )
}
