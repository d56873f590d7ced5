import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecipientOutcome, Stage } from '../../ports/transport.js'
import { parseReply } from '../bounce/index.js'
import { type Attempt, afterAttempt } from './after-attempt.js'
import { Fact, isFinal } from './facts.js'

const T0 = Date.UTC(2026, 10, 22)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const refused = (line: string): RecipientOutcome => ({ type: 'refused', reply: parseReply(line) })
const unreached = (stage: Stage, cause = 'ECONNREFUSED'): RecipientOutcome => ({ type: 'unreached', stage, cause })
const unknown: RecipientOutcome = { type: 'unknown', cause: 'ECONNRESET' }

const anAttempt = (outcome: RecipientOutcome, changes: Partial<Attempt> = {}): Attempt => ({
  outcome,
  attempt: 1,
  now: T0,
  acceptedAt: T0,
  random: 0.5,
  validForSeconds: 72 * 3_600,
  onUnknown: 'retry',
  route: 'direct',
  ...changes,
})

const after = (outcome: RecipientOutcome, changes: Partial<Attempt> = {}) => afterAttempt(anAttempt(outcome, changes))

describe('afterAttempt', () => {
  it('REL-2: a delivered mail is never attempted again', () => {
    const reply = parseReply('250 2.0.0 OK')
    expect(after({ type: 'accepted', remoteId: 'q1', reply })).toEqual({
      facts: Fact.handedOver | Fact.delivered,
      state: 'delivered',
      retryAt: null,
      reply,
      bounce: null,
      block: null,
      pauseLane: null,
      routeDown: false,
      held: false,
      reason: null,
    })
  })

  it('REL-2: a permanent refusal is never attempted again', () => {
    const result = after(refused('554 5.7.1 blocked as spam'))
    expect(result).toMatchObject({ state: 'bounced', retryAt: null, block: null, reason: 'spam-content' })
    expect(result.facts).toBe(Fact.handedOver | Fact.bouncedHard | Fact.spamBounced)
  })

  it('BLK-1: a refusal that says the address is bad puts it on the invalid list', () => {
    const result = after(refused('550 5.1.1 User unknown'))
    expect(result).toMatchObject({ state: 'bounced', block: 'invalid' })
    expect(result.facts).toBe(Fact.handedOver | Fact.bouncedHard | Fact.invalid)
  })

  it.each([
    '550 5.1.1 User unknown',
    '550 5.1.2 Host unknown',
    '550 User unknown',
    '552 5.2.2 Mailbox full',
    '550 recipient blocked you',
    '556 no',
  ])('BLK-1, BLK-3: what is said of the sender (%s at MAIL) blocks no recipient', (line) => {
    const result = after({ type: 'refused', reply: parseReply(line), at: 'mail' })
    expect(result).toMatchObject({ state: 'bounced', block: null, reason: 'policy' })
    expect(result.facts).toBe(Fact.handedOver | Fact.bouncedHard)
  })

  it('BLK-1: a temporary refusal blocks nobody, not even when it is given up', () => {
    expect(after(refused('450 4.1.1 User unknown')).block).toBeNull()
    const givenUp = after(refused('450 4.1.1 User unknown'), { now: T0 + 72 * HOUR })
    expect(givenUp).toMatchObject({ state: 'bounced', retryAt: null, block: null })
    expect(givenUp.facts & Fact.invalid).toBe(0)
  })

  it('BLK-3: a refusal that says the recipient blocked the sender rejects the sender domain', () => {
    expect(after(refused('550 Mail is rejected by recipients'))).toMatchObject({ state: 'bounced', block: 'reject' })
  })

  it('BLK-4: a full mailbox is a soft bounce that may be blocked, at once for 5yz, when given up for 4yz', () => {
    const full = after(refused('552 5.2.2 Mailbox full'))
    expect(full).toMatchObject({ state: 'bounced', block: 'mailbox-full' })
    expect(full.facts).toBe(Fact.handedOver | Fact.bouncedSoft)
    expect(after(refused('452 4.2.2 Mailbox full'))).toMatchObject({ state: 'deferred', block: null })
    expect(after(refused('452 4.2.2 Mailbox full'), { now: T0 + 72 * HOUR }).block).toBe('mailbox-full')
  })

  it('TSK-12: a deferral is tried again after 5 min, and given up after 72 h as a soft bounce', () => {
    const first = after(refused('451 4.3.0 Try later'))
    expect(first).toMatchObject({ state: 'deferred', retryAt: T0 + 5 * MINUTE, pauseLane: null })
    expect(first.facts).toBe(Fact.handedOver | Fact.deferred)
    const last = after(refused('451 4.3.0 Try later'), { now: T0 + 72 * HOUR })
    expect(last).toMatchObject({ state: 'bounced', retryAt: null })
    expect(last.facts & Fact.bouncedSoft).toBe(Fact.bouncedSoft)
  })

  it('TSK-12: a rate limit pauses the lane for 10 minutes, greylisting does not', () => {
    expect(after(refused('421 4.7.0 Too fast'))).toMatchObject({
      state: 'deferred',
      pauseLane: { until: T0 + 10 * MINUTE },
      retryAt: T0 + 10 * MINUTE,
    })
    expect(after(refused('451 4.7.1 Greylisted'))).toMatchObject({ pauseLane: null, retryAt: T0 + 5 * MINUTE })
  })

  it('TRG-8: a deferral past the validity is expired and blocks nobody', () => {
    const result = after(refused('452 4.2.2 Mailbox full'), { now: T0 + HOUR, validForSeconds: 3_600 })
    expect(result).toMatchObject({ state: 'expired', retryAt: null, block: null })
  })

  it('TSK-12: a connection failure of a direct route is tried again after 1 min and is no hand-over', () => {
    const result = after(unreached('connect'))
    expect(result).toMatchObject({ state: 'deferred', retryAt: T0 + MINUTE, routeDown: false, reason: 'ECONNREFUSED' })
    expect(result.facts & Fact.handedOver).toBe(0)
  })

  it.each(['nxdomain', 'Null MX'])('BLK-1: a direct route that finds %s bounces hard, without hand-over', (cause) => {
    const result = after(unreached('dns', cause))
    expect(result).toMatchObject({ state: 'bounced', block: 'invalid', bounce: { kind: 'no-such-domain' } })
    expect(result.facts).toBe(Fact.bouncedHard | Fact.invalid)
    expect(after(unreached('dns', 'SERVFAIL'))).toMatchObject({ state: 'deferred', block: null })
  })

  it.each<Stage>(['dns', 'connect', 'tls', 'greeting', 'auth'])(
    'REL-1: a relay that fails at %s is no attempt',
    (stage) => {
      const result = after(unreached(stage, 'nxdomain'), { route: 'relay', attempt: 9 })
      expect(result).toMatchObject({ facts: 0, state: 'accepted', retryAt: T0 + MINUTE, routeDown: true, block: null })
    },
  )

  it('REL-1: a relay that refuses our login is down too, and bounces nobody', () => {
    const result = after(refused('535 5.7.8 Bad credentials'), { route: 'relay' })
    expect(result).toMatchObject({ facts: 0, state: 'accepted', routeDown: true, bounce: null })
  })

  it('TRG-8: a mail whose relay stays down ends as expired, not as a bounce', () => {
    expect(after(unreached('connect'), { route: 'relay', now: T0 + 72 * HOUR })).toMatchObject({
      state: 'expired',
      retryAt: null,
    })
  })

  it('REL-1: a relay lost in the middle of a mail is an attempt, not a broken route', () => {
    expect(after(unreached('data'), { route: 'relay' })).toMatchObject({ routeDown: false, state: 'deferred' })
  })

  it.each(['direct', 'relay'] as const)(
    'TSK-12: a mail that a %s transport holds is no attempt, and is offered again when it says',
    (route) => {
      const held: RecipientOutcome = { type: 'held', forMs: 7 * MINUTE + 0.2, cause: 'hoster.example rests' }
      const result = after(held, { route, attempt: 9 })
      expect(result).toMatchObject({
        facts: 0,
        state: 'accepted',
        retryAt: T0 + 7 * MINUTE + 1,
        held: true,
        routeDown: false,
        pauseLane: null,
        block: null,
        reason: 'hoster.example rests',
      })
      for (const forMs of [0, -5, Number.NaN, 999])
        expect(after({ ...held, forMs }, { route }).retryAt).toBe(T0 + 1_000)
    },
  )

  it('TRG-8: a held mail is offered once more before its time is over, and then ends as what was known of it', () => {
    const held: RecipientOutcome = { type: 'held', forMs: Number.POSITIVE_INFINITY, cause: 'full' }
    const last = T0 + 72 * HOUR - MINUTE
    expect(after(held).retryAt).toBe(last)
    expect(after(held, { now: last })).toMatchObject({ state: 'expired', retryAt: null, held: true })
    const deferred = { now: last, facts: Fact.accepted | Fact.handedOver | Fact.deferred }
    expect(after(held, deferred)).toMatchObject({ state: 'bounced', facts: Fact.bouncedSoft })
    const brief = { validForSeconds: 600, now: T0 + 9.6 * MINUTE, facts: Fact.accepted | Fact.deferred }
    expect(after(held, brief)).toMatchObject({ state: 'expired', retryAt: null })
  })

  it('BLK-1: a domain that is called as what is definite is not taken for it when its resolver fails', () => {
    for (const cause of ['queryMx ESERVFAIL nxdomain.example', 'timeout: nxdomain.example', 'no null mx here'])
      expect(after(unreached('dns', cause))).toMatchObject({ state: 'deferred', block: null })
    expect(after(unreached('dns', 'MX lookup: NXDOMAIN')).block).toBe('invalid')
  })

  it('REL-2: an unknown end is retried or stopped, as the host wants', () => {
    const again = after(unknown)
    expect(again).toMatchObject({ state: 'unknown', retryAt: T0 + 5 * MINUTE, reason: 'ECONNRESET' })
    expect(again.facts).toBe(Fact.handedOver | Fact.unknown)
    const stopped = after(unknown, { onUnknown: 'stop' })
    expect(stopped).toMatchObject({ state: 'failed', retryAt: null })
    expect(stopped.facts & Fact.unknown).toBe(Fact.unknown)
  })

  it('REL-2: no retry when a late event or a cancel has ended the message meanwhile', () => {
    expect(after(unknown, { facts: Fact.accepted | Fact.delivered })).toMatchObject({
      state: 'delivered',
      retryAt: null,
    })
    expect(after(refused('450 later'), { facts: Fact.accepted | Fact.cancelled })).toMatchObject({
      state: 'cancelled',
      retryAt: null,
    })
  })

  it('TSK-10: a requeued row is attempted like any other, and can be given up again', () => {
    const facts = Fact.accepted | Fact.failed | Fact.requeued
    expect(after(refused('450 later'), { facts })).toMatchObject({ state: 'deferred', retryAt: T0 + 5 * MINUTE })
    expect(after(unknown, { facts })).toMatchObject({ state: 'unknown', retryAt: T0 + 5 * MINUTE })
    expect(after(unknown, { facts, onUnknown: 'stop' })).toMatchObject({ state: 'dropped', retryAt: null })
  })

  it('REL-1: every outcome leads to a named state: a final one, or one with a time to try again', () => {
    const stage = fc.constantFrom<Stage>('dns', 'connect', 'tls', 'greeting', 'auth', 'mail', 'data')
    const outcome: fc.Arbitrary<RecipientOutcome> = fc.oneof(
      fc.record({
        type: fc.constant('refused' as const),
        reply: fc.record({
          code: fc.integer({ min: 0, max: 599 }),
          enhanced: fc.option(fc.tuple(fc.constantFrom(4, 5), fc.nat(9), fc.nat(700)).map((parts) => parts.join('.'))),
          text: fc.string(),
        }),
      }),
      fc.record({ type: fc.constant('unreached' as const), stage, cause: fc.string() }),
      fc.record({ type: fc.constant('unknown' as const), cause: fc.string() }),
      fc.record({ type: fc.constant('held' as const), forMs: fc.double(), cause: fc.string() }),
      fc.constant({ type: 'accepted' as const, remoteId: null, reply: null }),
    )
    const changes = fc.record({
      attempt: fc.integer({ min: 1, max: 60 }),
      now: fc.integer({ min: T0, max: T0 + 80 * HOUR }),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
      validForSeconds: fc.option(fc.integer({ min: 1, max: 400_000 })),
      onUnknown: fc.constantFrom('retry' as const, 'stop' as const),
      route: fc.constantFrom('relay' as const, 'direct' as const),
    })
    fc.assert(
      fc.property(outcome, changes, (end, change) => {
        const attempt = anAttempt(end, change)
        const result = afterAttempt(attempt)
        expect(isFinal(result.state)).toBe(result.retryAt === null)
        if (result.retryAt !== null) expect(result.retryAt).toBeGreaterThan(attempt.now)
        if (end.type === 'unreached' || end.type === 'held') expect(result.facts & Fact.handedOver).toBe(0)
        if (result.block === 'invalid') expect(result.state).toBe('bounced')
      }),
      { numRuns: 1_000 },
    )
  })
})
