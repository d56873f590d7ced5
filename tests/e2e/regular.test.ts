import { describe, expect, it } from 'vitest'
import { aService, headerOf, opened, SENDER, settle, statesOf, welcome } from './a-service.js'

const people = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@office.example`)

describe('regular mail', () => {
  it('REG-1: goes to 1 to 20 people with one variable at most; more is refused before anything is stored', async () => {
    const service = await aService()
    const { mail } = service
    await mail.templates.create({ name: 'two', subject: '{{a}}', html: '<p>{{b}}</p>' })
    await mail.templates.create({ name: 'none', subject: 'Hi', html: '<p>you</p>' })
    await expect(mail.sendRegular({ ...welcome, to: people(21) })).rejects.toMatchObject({
      code: 'TOO_MANY_RECIPIENTS',
      details: { field: 'to', limit: 20, count: 21 },
    })
    await expect(
      mail.sendRegular({ from: SENDER, template: 'two', variables: { a: 1, b: 2 }, to: people(2) }),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { field: 'variables' } })
    await expect(mail.sendRegular({ ...welcome, to: [] })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    // @ts-expect-error: what only trigger mail has
    await expect(mail.sendRegular({ ...welcome, to: people(1), cc: 'x@office.example' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
    expect(await statesOf(service)).toEqual({})
    await mail.sendRegular({ from: SENDER, template: 'none', to: people(1) })
    await mail.sendRegular({ ...welcome, to: people(20) })
    await settle(service)
    expect(service.transport.count).toBe(21)
  })

  it('REG-1: says which of the addresses cannot be used', async () => {
    const service = await aService()
    const to = [...people(2), 'nobody', ...people(1)]
    await expect(service.mail.sendRegular({ ...welcome, to })).rejects.toMatchObject({
      code: 'ADDRESS_INVALID',
      details: { field: 'to.2', reason: 'no-at-sign' },
    })
    expect(await statesOf(service)).toEqual({})
  })

  it('REG-2: 20 people are 20 transactions with one To line and Message-ID, and a return path and unsubscribe link each', async () => {
    const service = await aService()
    const { mail, transport } = service
    await mail.templates.create({
      name: 'news',
      subject: 'Hi {{name}}',
      html: '<p>{{name}}</p><a href="{{unsubscribe_url}}">no more</a>',
    })
    await mail.blocklist.custom.add({ addresses: ['p3@office.example'] })
    const { requestId, messages } = await mail.sendRegular({
      from: SENDER,
      template: 'news',
      variables: { name: 'all' },
      to: people(20),
    })
    expect(requestId).toEqual(expect.any(String))
    expect(messages.map(({ to }) => to)).toEqual(people(20))
    expect(messages.filter(({ state }) => state === 'refused')).toEqual([
      expect.objectContaining({ to: 'p3@office.example', id: null, refusal: { code: 'CUSTOM_BLOCKED', until: null } }),
    ])
    expect(new Set(messages.map(({ id }) => id)).size).toBe(20)
    await settle(service)
    const mails = transport.messages
    const goes = people(20).filter((one) => one !== 'p3@office.example')
    expect(mails.map(({ envelope }) => envelope.to.join()).sort()).toEqual([...goes].sort())
    expect(new Set(mails.map(({ content }) => headerOf(content, 'Message-ID'))).size).toBe(1)
    expect(new Set(mails.map(({ content }) => headerOf(content, 'To'))).size).toBe(1)
    const parsed = await Promise.all(mails.map(({ content }) => opened(content)))
    for (const { to } of parsed) expect(to?.map(({ address }) => address)).toEqual(goes)
    expect(new Set(mails.map(({ envelope }) => envelope.from)).size).toBe(19)
    const links = parsed.map(({ html }) => /href="([^"]+)"/.exec(html ?? '')?.[1] ?? '')
    expect(new Set(links).size).toBe(19)

    const seventh = mails.findIndex(({ envelope }) => envelope.to[0] === 'p7@office.example')
    expect(await mail.unsubscribes.confirm(links[seventh]?.split('/').at(-1) ?? '')).toBe(true)
    const again = await mail.sendRegular({ ...welcome, to: people(20) })
    expect(again.messages.flatMap(({ to, refusal }) => (refusal ? [[to, refusal.code]] : []))).toEqual([
      ['p3@office.example', 'CUSTOM_BLOCKED'],
      ['p7@office.example', 'RECIPIENT_REJECTED'],
    ])
  })
})
