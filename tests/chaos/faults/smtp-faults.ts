import { smtp } from '@mailwright/adapters/transport/smtp'
import { type Answer, type PeerScript, scriptedPeer } from '@mailwright/conformance'
import { aService, aTask, DAY, START, settle } from '../../e2e/a-service.js'
import { messageIdOf } from '../receiver.js'

/** Where the server hangs up: before its greeting, at RCPT, at DATA, or after the final dot and before its 250. */
export type CutAt = 'greeting' | 'rcpt' | 'data' | 'dot'

export interface SmtpFaultSeen {
  /** How many recipients stood in which state while the server misbehaved, and in the end. */
  readonly during: Readonly<Record<string, number>>
  readonly end: Readonly<Record<string, number>>
  /** Copies beyond the first of each recipient. */
  readonly doubled: number
  /** Recipients whose copies had different Message-IDs. */
  readonly renamed: number
  readonly blocked: number
  /** Events of the kind `bounced`. */
  readonly bounces: number
}

const HOUR = 3_600_000

/** F5: all mail meets a real server that hangs up, for a minute; then the server is well. */
export const cutOff = (at: CutAt, mails: number, onUnknown: 'retry' | 'stop' = 'retry'): Promise<SmtpFaultSeen> =>
  overSmtp({ mails, onUnknown, until: START + 3 * DAY }, (sick) =>
    at === 'rcpt'
      ? { rcpt: () => (sick() ? 'drop' : '250 2.1.5 ok') }
      : {
          get [at]() {
            return sick() ? 'drop' : undefined
          },
        },
  )

/** How a server puts mail off; each of its answers is for the first time that it is asked, per recipient or per connection. */
export type PutOffBy =
  | 'greylisting'
  | '421 greeting'
  | '421 mail'
  | '421 rcpt'
  | '421 dot'
  | 'mixed'
  | 'one of 20 refused'

const first = (): ((who: string) => boolean) => {
  const seen = new Set<string>()
  return (who) => seen.size < seen.add(who).size
}

const MIXED = ['450 4.2.0 greylisted', '451 4.3.0 try again', '452 4.2.2 mailbox full']

function puttingOff(by: PutOffBy, sick: () => boolean): PeerScript {
  const isFirst = first()
  const index = (address: string) => Number(/\d+/.exec(address)?.[0] ?? 0)
  const while421 = (yes: Answer): Answer | undefined => (sick() ? yes : undefined)
  switch (by) {
    case 'greylisting':
      return { rcpt: (to) => (isFirst(to) ? '450 4.2.0 greylisted' : '250 2.1.5 ok') }
    case 'mixed':
      return { rcpt: (to) => (isFirst(to) ? (MIXED[index(to) % 3] ?? '') : '250 2.1.5 ok') }
    case 'one of 20 refused':
      return { rcpt: (to) => (index(to) % 20 === 0 ? '550 5.1.1 no such user' : '250 2.1.5 ok') }
    case '421 rcpt':
      return { rcpt: () => while421('421 4.3.2 closing') ?? '250 2.1.5 ok' }
    default: {
      const step = by.slice(4) as 'greeting' | 'mail' | 'dot'
      return {
        get [step]() {
          return while421('421 4.3.2 closing')
        },
      }
    }
  }
}

/** F7: all mail is put off by a real server, once. */
export const putOff = (by: PutOffBy, mails: number): Promise<SmtpFaultSeen> =>
  overSmtp({ mails, until: START + 6 * DAY }, (sick) => puttingOff(by, sick))

/** F7: a server that puts everything off for ever. */
export const neverTaken = (mails: number): Promise<SmtpFaultSeen> =>
  overSmtp({ mails, until: START + 6 * DAY }, () => ({ rcpt: () => '450 4.2.0 greylisted' }))

interface Setting {
  readonly mails: number
  readonly onUnknown?: 'retry' | 'stop'
  readonly until: number
}

async function overSmtp(
  { mails, onUnknown = 'retry', until }: Setting,
  script: (sick: () => boolean) => PeerScript,
): Promise<SmtpFaultSeen> {
  let isSick = true
  const peer = await scriptedPeer(script(() => isSick))
  const transport = smtp({ url: `smtp://${peer.host}:${peer.port}` })
  const service = await aService({ policy: { onUnknown }, more: { transport } })
  const { mail, clock } = service
  let bounces = 0
  mail.on('bounced', () => {
    bounces += 1
  })
  try {
    await aTask(service, mails)
    await settle(service, clock.now() + 60_000)
    const during = await standing(service)
    isSick = false
    // Beyond the first day's limit, the rest of a large number goes out on the next ones.
    while (clock.now() < until) await settle(service, clock.now() + 6 * HOUR)
    const copies = new Map<string, string[]>()
    for (const { envelope, content } of peer.taken)
      for (const to of envelope.to) copies.set(to, [...(copies.get(to) ?? []), messageIdOf(content.toString('latin1'))])
    const lists = [...copies.values()]
    return {
      during,
      end: await standing(service),
      doubled: lists.reduce((sum, ids) => sum + ids.length - 1, 0),
      renamed: lists.filter((ids) => new Set(ids).size > 1).length,
      blocked: await blockedOf(service),
      bounces,
    }
  } finally {
    await mail.stop({ drainMs: 0 })
    await peer.close()
  }
}

type Service = Awaited<ReturnType<typeof aService>>

async function standing({ mail }: Service): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (let cursor: string | undefined; ; ) {
    const page = await mail.deliveries.messages({ limit: 1_000, ...(cursor ? { cursor } : {}) })
    for (const { state } of page.items) counts[state] = (counts[state] ?? 0) + 1
    if (page.next === null) return counts
    cursor = page.next
  }
}

async function blockedOf({ mail }: Service): Promise<number> {
  let count = 0
  for (let cursor: string | undefined; ; ) {
    const page = await mail.blocklist.invalid.mine({ limit: 100, ...(cursor ? { cursor } : {}) })
    count += page.items.length
    if (page.next === null) return count
    cursor = page.next
  }
}
