import type { RecipientOutcome } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { accepted, aService, DAY, type Service, START, settle, statesOf, welcome } from './a-service.js'

const unreached = (stage: 'dns' | 'connect', cause: string): RecipientOutcome => ({ type: 'unreached', stage, cause })
const domainOf = (recipient: string) => recipient.slice(recipient.lastIndexOf('@') + 1)

/** A service whose transport goes to each recipient's own servers, of which those of `dead.example` are never reached. */
async function toMany(direct: boolean) {
  const asked: string[] = []
  const service: Service = await aService({
    direct,
    answer: (_, recipient) => {
      asked.push(domainOf(recipient))
      return domainOf(recipient) === 'dead.example' ? unreached('connect', 'ETIMEDOUT') : accepted
    },
  })
  const to = Array.from({ length: 20 }, (_, index) => `r${index}@dead.example`)
  await service.mail.send({ ...welcome, to })
  await service.mail.tick()
  await service.mail.send({ ...welcome, to: 'ann@alive.example' })
  await service.mail.tick()
  return { service, asked }
}

describe('a transport that goes to each recipient’s own servers', () => {
  it('T29: a dead recipient domain closes the way for nobody else, and is deferred as any connection failure', async () => {
    const { service, asked } = await toMany(true)
    expect(asked.at(-1)).toBe('alive.example')
    expect(await service.mail.health()).toMatchObject({ ok: true })
    await settle(service, START + 4 * DAY)
    const states = Object.entries(await statesOf(service))
    expect(states.filter(([, state]) => state === 'bounced')).toHaveLength(20)
    expect(states.filter(([, state]) => state === 'delivered')).toHaveLength(1)
    expect(service.problems).toEqual([])
  })

  it('REL-1: while a relay that is not reached closes it for all', async () => {
    const { asked } = await toMany(false)
    expect(asked).not.toContain('alive.example')
  })

  it.each([
    ['MX lookup: nxdomain', 'bounced'],
    ['MX lookup: null MX', 'bounced'],
    ['MX lookup: ESERVFAIL', 'deferred'],
  ])('F8: %s leaves the mail %s', async (cause, state) => {
    const service = await aService({ direct: true, answer: () => unreached('dns', cause) })
    await service.mail.send({ ...welcome, to: 'ann@gone.example' })
    await settle(service, START + 10 * 60_000)
    expect(Object.values(await statesOf(service))).toEqual([state])
    const { items } = await service.mail.blocklist.invalid.list()
    expect(items).toHaveLength(state === 'bounced' ? 1 : 0)
  })
})
