import type { RecipientOutcome } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import {
  accepted,
  aService,
  aTask,
  DAY,
  headerOf,
  refused,
  type Service,
  START,
  settle,
  statesOf,
  welcome,
} from './a-service.js'

const HOUR = 3_600_000
const unreached = (stage: 'connect' | 'data'): RecipientOutcome => ({ type: 'unreached', stage, cause: 'ETIMEDOUT' })
const unknown: RecipientOutcome = { type: 'unknown', cause: 'connection lost after the final dot' }

/** One trigger mail and a batch of one, answered so, watched for four days. */
async function watched(answer: RecipientOutcome | ((attempt: number) => RecipientOutcome), policy = {}) {
  const attempts: { readonly to: string; readonly at: number; readonly messageId: string | undefined }[] = []
  const service: Service = await aService({
    policy,
    answer: ({ content }, to) => {
      attempts.push({ to, at: service.clock.now(), messageId: headerOf(content, 'Message-ID') })
      if (typeof answer !== 'function') return answer
      return answer(attempts.filter((one) => one.to === to).length)
    },
  })
  await service.mail.send({ ...welcome, to: 'ann@office.example' })
  const { id } = await aTask(service, 1)
  await settle(service, START + 4 * DAY)
  const states = Object.values(await statesOf(service))
  const of = (to: string) => attempts.filter((one) => one.to === to)
  const lives = [of('ann@office.example'), of('readers0@readers.example')]
  return { service, states, lives, task: await service.mail.tasks.get(id) }
}

describe('outcomes', () => {
  it.each([
    ['accepted', accepted, 'delivered'],
    ['550 5.1.1', refused(550, '5.1.1'), 'bounced'],
    ['550 5.7.1 spam', refused(550, '5.7.1', 'message rejected as spam'), 'bounced'],
    ['552 5.2.2', refused(552, '5.2.2', 'mailbox full'), 'bounced'],
    ['554 5.0.0', refused(554, '5.0.0'), 'bounced'],
  ] as const)(
    'REL-1, REL-2: %s ends in a named state after one attempt, which is never repeated',
    async (_, answer, state) => {
      const { states, lives, task, service } = await watched(answer)
      expect(states).toEqual([state, state])
      expect(lives.map((life) => life.length)).toEqual([1, 1])
      expect(task).toMatchObject({ state: 'done', [state]: 1, deferred: 0 })
      expect(service.problems).toEqual([])
    },
  )

  it.each([
    ['452 4.2.2', refused(452, '4.2.2', 'mailbox full'), 'bounced'],
    ['451 4.7.1 greylisted', refused(451, '4.7.1', 'greylisted'), 'bounced'],
    ['a connection lost before the final dot', unreached('data'), 'bounced'],
    ['an unknown end', unknown, 'bounced'],
  ] as const)('REL-1: %s is tried for 72 hours, and then has a named end', async (_, answer, state) => {
    const { states, lives, service } = await watched(answer)
    expect(states).toEqual([state, state])
    for (const life of lives) {
      expect(life.length).toBeGreaterThan(10)
      expect(life.at(-1)?.at).toBeGreaterThan(START + 71 * HOUR)
      expect(life.at(-1)?.at).toBeLessThanOrEqual(START + 72 * HOUR)
    }
    expect(service.problems).toEqual([])
  })

  it('REL-1: a relay that is never reached is nobody’s attempt; the mail expires, and is no bounce', async () => {
    const { states, service } = await watched(unreached('connect'))
    expect(states).toEqual(['expired', 'expired'])
    const { items } = await service.mail.deliveries.messages()
    expect(items.map(({ attempts }) => attempts)).toEqual([0, 0])
  })

  it('REL-1: a transport that throws loses nothing: the mail goes out when it works again', async () => {
    let broken = true
    const service = await aService({
      answer: () => {
        if (broken) throw new Error('a bug in the adapter')
        return accepted
      },
    })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    await aTask(service, 20)
    await settle(service, START + HOUR)
    broken = false
    await settle(service, START + 2 * HOUR)
    expect(new Set(Object.values(await statesOf(service)))).toEqual(new Set(['delivered']))
    expect(service.transport.count).toBe(21)
  })

  it('REL-2: an unknown end is tried again under the same Message-ID, until its outcome is known', async () => {
    const { states, lives } = await watched((attempt) => (attempt < 3 ? unknown : accepted))
    expect(states).toEqual(['delivered', 'delivered'])
    for (const life of lives) {
      expect(life).toHaveLength(3)
      expect(new Set(life.map(({ messageId }) => messageId)).size).toBe(1)
      expect(life[0]?.messageId).toMatch(/^<.+@mail\.shop\.example>$/)
    }
  })

  it("REL-2: with onUnknown 'stop' an unknown end is left alone, and is a named state", async () => {
    const { states, lives, task } = await watched(unknown, { onUnknown: 'stop' })
    expect(states).toEqual(['failed', 'failed'])
    expect(lives.map((life) => life.length)).toEqual([1, 1])
    expect(task.failed).toBe(1)
  })

  it('REL-2: a deferral that later succeeds is one mail, byte for byte the same', async () => {
    const contents = new Map<string, string[]>()
    const service = await aService({
      answer: ({ content }, to) => {
        const seen = [...(contents.get(to) ?? []), Buffer.from(content).toString('latin1')]
        contents.set(to, seen)
        return seen.length < 3 ? refused(451, '4.3.0') : accepted
      },
    })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    await aTask(service, 2)
    await settle(service, START + DAY)
    expect(contents.size).toBe(3)
    for (const seen of contents.values()) {
      expect(seen).toHaveLength(3)
      expect(new Set(seen).size).toBe(1)
    }
    expect(service.transport.count).toBe(3)
  })

  it.each([
    ['a kill while the answer is awaited', 'retry', 'delivered', 2],
    ['a kill while the answer is awaited, told to stop', 'stop', 'failed', 1],
  ] as const)('REL-1, REL-2: %s leaves the mail to the next process', async (_, onUnknown, state, times) => {
    const seen: (string | undefined)[] = []
    let answering = false
    const first = await aService({
      policy: { onUnknown },
      answer: ({ content }) => {
        seen.push(headerOf(content, 'Message-ID'))
        return answering ? accepted : new Promise<RecipientOutcome>(() => {})
      },
    })
    await first.mail.send({ ...welcome, to: 'ann@office.example' })
    void first.mail.tick()
    while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve))
    answering = true
    const second = await aService({
      storage: first.storage,
      policy: { onUnknown },
      answer: ({ content }) => {
        seen.push(headerOf(content, 'Message-ID'))
        return accepted
      },
    })
    await settle(second)
    expect(seen).toHaveLength(1)
    await settle(second, START + HOUR)
    expect(seen).toHaveLength(times)
    expect(new Set(seen).size).toBe(1)
    expect(await statesOf(second)).toEqual({ 'ann@office.example': state })
  })
})
