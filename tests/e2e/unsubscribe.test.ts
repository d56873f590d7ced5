import { UNSUBSCRIBE_LANGUAGES } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import {
  anotherAccount,
  aService,
  DAY,
  headerOf,
  liveUntil,
  opened,
  rows,
  SENDER,
  type Service,
  START,
  settle,
  statesOf,
  welcome,
} from './a-service.js'

const MINUTE = 60_000
const LINK = /https:\/\/app\.example\/mail\/unsubscribe\/([\w-]+)/

const contentsOf = ({ transport }: Pick<Service, 'transport'>) => transport.messages.map(({ content }) => content)
const tokenIn = (text: string | undefined): string => LINK.exec(text ?? '')?.[1] ?? ''
const shown = async (content: Uint8Array | undefined) => {
  const { html = '', text = '' } = await opened(content ?? new Uint8Array())
  return { html, text }
}

async function aBatch(service: Service, count: number, more: { unsubscribe?: boolean | 'thai' } = {}) {
  const { mail } = service
  await mail.groups.create({ name: 'readers' })
  await mail.groups.importCsv('readers', rows(count))
  return mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers', ...more })
}

/** One mail to each of them, with a visible link; the tokens by recipient. */
async function tokensFor(service: Service, ...recipients: readonly string[]) {
  for (const to of recipients) await service.mail.send({ ...welcome, to, unsubscribe: true })
  await settle(service)
  const sent = service.transport.messages.slice(-recipients.length)
  return sent.map(({ content }) => tokenIn(headerOf(content, 'List-Unsubscribe')))
}

describe('the unsubscribe link', () => {
  it('TRG-4: is off for trigger and regular mail unless set', async () => {
    const service = await aService()
    const { mail } = service
    await mail.send({ ...welcome, to: 'a@x.example' })
    await mail.sendRegular({ ...welcome, to: ['b@x.example'] })
    await mail.send({ ...welcome, to: 'c@x.example', unsubscribe: false })
    await settle(service)
    for (const content of contentsOf(service)) {
      expect(Buffer.from(content).toString()).not.toMatch(/unsubscribe/i)
    }
  })

  it.each(UNSUBSCRIBE_LANGUAGES)('TRG-4: can be had in %s, in HTML and in text', async (unsubscribe) => {
    const service = await aService()
    await service.mail.send({ ...welcome, to: 'a@x.example', unsubscribe })
    await settle(service)
    const [content] = contentsOf(service)
    const { html, text } = await shown(content)
    const [, lang, dir, link] =
      /<p lang="([\w-]+)" dir="(\w+)" style="[^"]*">[^<]+<a href="[^"]+\/unsubscribe\/[\w-]+">([^<]+)<\/a><\/p>\s*$/.exec(
        html,
      ) ?? []
    expect(lang).toMatch(/^[a-z]{2}/)
    expect(dir).toBe(unsubscribe === 'arabic' ? 'rtl' : 'ltr')
    expect(tokenIn(html)).not.toBe('')
    expect(text).toContain(`${link}: https://app.example/mail/unsubscribe/${tokenIn(html)}`)
  })

  it('TRG-4: languages are named: a number, or a name there is not, is refused with those there are', async () => {
    const { mail } = await aService()
    for (const unsubscribe of ['1', 'klingon', 2])
      await expect(
        mail.send({ ...welcome, to: 'a@x.example', unsubscribe: unsubscribe as 'english' }),
      ).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        details: { field: 'unsubscribe' },
      })
  })

  it('TRG-4: is on for batch, in the language of the policy, and always comes with both headers of RFC 8058', async () => {
    const service = await aService({ policy: { unsubscribeLanguage: 'french' } })
    await aBatch(service, 2)
    await settle(service)
    for (const content of contentsOf(service)) {
      const { html, text } = await shown(content)
      const token = tokenIn(html)
      expect(html).toContain('Se désabonner')
      expect(text).toContain('Se désabonner')
      expect(headerOf(content, 'List-Unsubscribe')).toBe(`<https://app.example/mail/unsubscribe/${token}>`)
      expect(headerOf(content, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
    }
  })

  it('TRG-4: turned off for a batch, the headers stay; named, it is in that language', async () => {
    for (const [unsubscribe, visible] of [
      [false, false],
      ['thai', true],
    ] as const) {
      const service = await aService()
      await aBatch(service, 1, { unsubscribe })
      await settle(service)
      const [content] = contentsOf(service)
      expect((await shown(content)).html.includes('ยกเลิกการรับข่าวสาร')).toBe(visible)
      expect(headerOf(content ?? new Uint8Array(), 'List-Unsubscribe')).toMatch(LINK)
      expect(headerOf(content ?? new Uint8Array(), 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
    }
  })

  it('TRG-4: stands where {{unsubscribe_url}} stands, once, and is no variable', async () => {
    const service = await aService()
    const { mail } = service
    const html = '<p>Hello {{name}}. <a href="{{unsubscribe_url}}">Enough</a></p>'
    const { variables } = await mail.templates.create({ name: 'placed', subject: 'Hi', html })
    expect(variables).toEqual(['name'])
    await mail.statistics.settings.setAccount({ clicks: true })
    await mail.send({ ...welcome, template: 'placed', to: 'a@x.example', unsubscribe: 'german' })
    await settle(service)
    const mail1 = await shown(contentsOf(service)[0])
    expect(mail1.html.trim()).toMatch(
      /^<p>Hello Ann\. <a href="https:\/\/app\.example\/mail\/unsubscribe\/[\w-]+">Enough<\/a><\/p>$/,
    )
    expect(mail1.html.match(/unsubscribe\//g)).toHaveLength(1)
    expect(mail1.text.match(/unsubscribe\//g)).toHaveLength(1)
  })

  it('TRG-4: asked for without a public address, it is refused and says so; a batch goes without as before', async () => {
    const service = await aService({ more: { publicUrl: undefined } })
    const { mail } = service
    const refusal = { code: 'PUBLIC_URL_REQUIRED', details: { field: 'publicUrl' } }
    await expect(mail.send({ ...welcome, to: 'a@x.example', unsubscribe: true })).rejects.toMatchObject(refusal)
    await mail.templates.create({ name: 'placed', subject: 'Hi', html: '<a href="{{unsubscribe_url}}">no</a>' })
    await expect(mail.send({ ...welcome, variables: {}, template: 'placed', to: 'a@x.example' })).rejects.toMatchObject(
      refusal,
    )
    await expect(aBatch(service, 1, { unsubscribe: true })).rejects.toMatchObject(refusal)
    await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
    await settle(service)
    expect(Buffer.from(contentsOf(service)[0] ?? []).toString()).not.toMatch(/unsubscribe/i)
    expect((await mail.doctor()).map(({ code }) => code)).toContain('NO_PUBLIC_URL')
  })
})

describe('unsubscribing', () => {
  it('TRK-3: looking changes nothing; BLK-3: confirming blocks this recipient for this domain, and can be repeated', async () => {
    const service = await aService()
    const { mail, clock } = service
    const [ann = ''] = await tokensFor(service, 'ann@x.example', 'bob@x.example')
    const senderDomain = 'mail.shop.example'
    for (const _ of [1, 2]) expect(await mail.unsubscribes.find(ann)).toEqual({ senderDomain, unsubscribed: false })
    for (const via of ['one-click', 'page'] as const) expect(await mail.unsubscribes.confirm(ann, { via })).toBe(true)
    expect(await mail.unsubscribes.find(ann)).toEqual({ senderDomain, unsubscribed: true })
    await expect(mail.send({ ...welcome, to: 'ann@x.example' })).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
    await mail.send({ ...welcome, to: 'bob@x.example' })
    const { total } = await mail.statistics.tracking({ from: START, to: clock.now() + 1, by: [] })
    expect(total.counts.unsubscribes).toBe(1)
  })

  it('BLK-3: re-subscribing lifts the block and is recorded; who leaves once more by the same mail is blocked again', async () => {
    const service = await aService()
    const { mail, clock } = service
    const [token = ''] = await tokensFor(service, 'ann@x.example')
    for (let round = 0; round < 3; round++) {
      await clock.stepBy(1)
      expect(await mail.unsubscribes.confirm(token)).toBe(true)
      await expect(mail.send({ ...welcome, to: 'ann@x.example' })).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
      for (const _ of [1, 2]) expect(await mail.unsubscribes.resubscribe(token)).toBe(true)
      expect(await mail.unsubscribes.find(token)).toMatchObject({ unsubscribed: false })
      await mail.send({ ...welcome, to: 'ann@x.example' })
    }
    const { items } = await mail.deliveries.messages({ recipient: 'ann@x.example' })
    const kinds = (await mail.deliveries.timeline(items.at(-1)?.id ?? '')).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'unsubscribe')).toHaveLength(3)
    expect(kinds.filter((kind) => kind === 'resubscribe')).toHaveLength(3)
    const { items: lifts } = await mail.blocklist.rejects.lifted()
    expect(lifts).toHaveLength(3)
    expect(lifts[0]).toMatchObject({ address: 'ann@x.example', reason: 'unsubscribed', liftedFor: 're-subscribed' })
  })

  it('BLK-3: leaves the entries of other accounts and other domains alone', async () => {
    const service = await aService()
    const other = await anotherAccount(service)
    const [token = ''] = await tokensFor(service, 'ann@x.example')
    await service.mail.unsubscribes.confirm(token)
    await other.send({
      from: 'hi@mail.other.example',
      to: 'ann@x.example',
      subject: 'Hi',
      html: 'x',
      unsubscribe: true,
    })
    await settle(service)
    const theirs = tokenIn(headerOf(contentsOf(service).at(-1) ?? new Uint8Array(), 'List-Unsubscribe'))
    await service.mail.unsubscribes.confirm(theirs)
    await service.mail.unsubscribes.resubscribe(token)
    await service.mail.send({ ...welcome, to: 'ann@x.example' })
    await expect(
      other.send({ from: 'hi@mail.other.example', to: 'ann@x.example', subject: 'Hi', html: 'x' }),
    ).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
  })

  it('BLK-3: what is not a token of ours does nothing, nor does one that is too old', async () => {
    const service = await aService()
    const { mail, clock } = service
    const [token = ''] = await tokensFor(service, 'ann@x.example')
    await clock.stepBy(366 * 24 * 60 * MINUTE)
    for (const bad of [token, `${token}A`, '', 'x'.repeat(10_000)]) {
      expect(await mail.unsubscribes.find(bad)).toBe(null)
      expect(await mail.unsubscribes.confirm(bad)).toBe(false)
      expect(await mail.unsubscribes.resubscribe(bad)).toBe(false)
    }
    await mail.send({ ...welcome, to: 'ann@x.example' })
  })

  it('REL-5, BLK-3: who unsubscribes while his mail is handed over, before it is stored, is told so and is blocked at once', async () => {
    const service = await aService()
    const { mail, clock, transport } = service
    await aBatch(service, 1)
    const answers: unknown[] = []
    const transmit = transport.send.bind(transport)
    transport.send = async (request, signal) => {
      const token = tokenIn(headerOf(request.content, 'List-Unsubscribe'))
      answers.push(
        await mail.unsubscribes.find(token),
        await mail.unsubscribes.confirm(token, { via: 'one-click' }),
        await mail.unsubscribes.find(token),
        await mail.send({ ...welcome, to: 'reader0@readers.example' }).catch(({ code }) => code),
      )
      return transmit(request, signal)
    }
    await settle(service, clock.now() + MINUTE)
    const senderDomain = 'mail.shop.example'
    expect(answers).toEqual([
      { senderDomain, unsubscribed: false },
      true,
      { senderDomain, unsubscribed: true },
      'RECIPIENT_REJECTED',
    ])
    expect(await statesOf(service)).toEqual({ 'reader0@readers.example': 'delivered' })
    const { total } = await mail.statistics.tracking({ from: START, to: clock.now() + 1, by: [] })
    expect(total.counts.unsubscribes).toBe(1)
  })

  it('BLK-3: who comes back before his mail is stored stays, although the unsubscribe is recorded later', async () => {
    const service = await aService()
    const { mail, clock, transport } = service
    await aBatch(service, 1)
    const transmit = transport.send.bind(transport)
    const answers: boolean[] = []
    transport.send = async (request, signal) => {
      const token = tokenIn(headerOf(request.content, 'List-Unsubscribe'))
      answers.push(await mail.unsubscribes.confirm(token), await mail.unsubscribes.resubscribe(token))
      return transmit(request, signal)
    }
    await settle(service, clock.now() + MINUTE)
    expect(answers).toEqual([true, true])
    const { items } = await mail.deliveries.unsubscribes()
    expect(items).toHaveLength(1)
    await mail.send({ ...welcome, to: 'reader0@readers.example' })
  })

  it('TRG-4, TRK-1: the link works for its year, also when retention has removed the mail it stood in', async () => {
    const service = await aService({ policy: { retention: { messagesDays: 31 } } })
    const { mail, clock } = service
    const [token = ''] = await tokensFor(service, 'ann@x.example', 'bob@x.example')
    await liveUntil(service, START + 364 * DAY, DAY)
    expect((await mail.deliveries.messages()).items).toEqual([])
    const senderDomain = 'mail.shop.example'
    expect(await mail.unsubscribes.find(token)).toEqual({ senderDomain, unsubscribed: false })
    expect(await mail.unsubscribes.confirm(token)).toBe(true)
    expect(await mail.unsubscribes.find(token)).toEqual({ senderDomain, unsubscribed: true })
    await expect(mail.send({ ...welcome, to: 'ann@x.example' })).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
    await mail.send({ ...welcome, to: 'bob@x.example' })
    expect(await mail.unsubscribes.resubscribe(token)).toBe(true)
    await clock.stepBy(1)
    await mail.send({ ...welcome, to: 'ann@x.example' })
  })

  it('TRG-4: the link works when its sender domain has been deleted: the block is there if the name comes back', async () => {
    const service = await aService()
    const { mail } = service
    const [token = ''] = await tokensFor(service, 'ann@x.example')
    await mail.senders.delete(SENDER)
    await mail.domains.delete('mail.shop.example')
    expect(await mail.unsubscribes.confirm(token, { via: 'one-click' })).toBe(true)
    expect((await mail.deliveries.unsubscribes()).items).toMatchObject([{ domain: 'mail.shop.example' }])
    await mail.ensure({
      domains: [{ name: 'mail.shop.example', trust: 'operator' }],
      senders: [{ address: SENDER }],
      templates: [],
    })
    await expect(mail.send({ ...welcome, to: 'ann@x.example' })).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
  })

  it('GRP-8, TRG-4: the link of an erased person blocks the address and says nothing of him in mails and events', async () => {
    const service = await aService()
    const { mail } = service
    const [token = ''] = await tokensFor(service, 'ann@x.example')
    await mail.people.erase('ann@x.example')
    expect(await mail.unsubscribes.confirm(token)).toBe(true)
    await expect(mail.send({ ...welcome, to: 'ann@x.example' })).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
    expect((await mail.deliveries.unsubscribes()).items).toEqual([])
    expect((await mail.people.export('ann@x.example')).blocklist).toMatchObject([{ kind: 'reject' }])
  })
})
