import { describe, expect, it } from 'vitest'
import { aService, opened, rows, SENDER, type Service, settle, statesOf, welcome } from './a-service.js'

const batch = { type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' } as const

describe('templates, through a send', () => {
  const mailOf = async ({ transport }: Service) => opened(transport.messages.at(-1)?.content ?? new Uint8Array())

  it("TPL-4: the send's subject wins over the template's, and its variables count; with neither there is no mail", async () => {
    const service = await aService()
    const { mail } = service
    await mail.templates.create({ name: 'bare', html: '<p>{{name}}</p>' })
    const bare = { ...welcome, to: 'ann@office.example', template: 'bare' }
    await expect(mail.send(bare)).rejects.toMatchObject({ code: 'SUBJECT_REQUIRED' })
    const subject = 'For {{who}}'
    for (const template of ['bare', 'welcome']) {
      await expect(mail.send({ ...bare, template, subject })).rejects.toMatchObject({
        code: 'VARIABLES_MISMATCH',
        details: { missing: ['who'], unknown: [] },
      })
      await mail.send({ ...bare, template, subject, variables: { who: 'you', name: 'Ann' } })
      await settle(service)
      expect((await mailOf(service)).subject).toBe('For you')
    }
    await mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service)
    expect((await mailOf(service)).subject).toBe('Welcome, Ann')
  })

  it('TPL-6: an HTML template has a text part made from it, unless it has its own', async () => {
    const service = await aService()
    const html = '<h1>Hello {{name}}</h1><p>Read <a href="https://shop.example/a">more</a></p>'
    await service.mail.templates.create({ name: 'made', subject: 'Hi', html })
    await service.mail.templates.create({ name: 'own', subject: 'Hi', html, text: 'Own words, {{name}}' })
    await service.mail.send({ ...welcome, to: 'ann@office.example', template: 'made' })
    await settle(service)
    const { text } = await mailOf(service)
    expect(text).toMatch(/hello ann/i)
    expect(text).toContain('https://shop.example/a')
    expect(text).not.toContain('<')
    await service.mail.send({ ...welcome, to: 'ann@office.example', template: 'own' })
    await settle(service)
    expect((await mailOf(service)).text?.trim()).toBe('Own words, Ann')
  })

  it('TPL-7: a run takes the newest version at its start or the one its task names; sends take the newest', async () => {
    const service = await aService()
    const { mail, transport } = service
    const { version } = await mail.templates.get('welcome')
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(1))
    await mail.tasks.create({ ...batch, templateVersion: version.id })
    await mail.tasks.create(batch)
    await mail.templates.update('welcome', { html: '<p>Newer {{name}}</p>' })
    await mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service)
    const newer = transport.messages.filter(({ content }) => Buffer.from(content).includes('Newer'))
    expect(newer.map(({ envelope }) => envelope.to[0]).sort()).toEqual([
      'ann@office.example',
      'reader0@readers.example',
    ])
    expect(transport.count).toBe(3)
  })

  it('TPL-8: the values of a recipient take at most 800 bytes as JSON', async () => {
    const { mail } = await aService()
    const send = (name: string) => mail.send({ ...welcome, to: 'ann@office.example', variables: { name } })
    const room = 800 - JSON.stringify({ name: '' }).length
    await send('x'.repeat(room))
    await expect(send('x'.repeat(room + 1))).rejects.toMatchObject({ code: 'VARIABLES_TOO_LONG' })
    await expect(send('ü'.repeat(room / 2 + 1))).rejects.toMatchObject({ code: 'VARIABLES_TOO_LONG' })
  })

  it('TPL-9: one value missing or one too many is refused and stores nothing; an empty string is a value', async () => {
    const service = await aService()
    const send = (variables: Readonly<Record<string, string>>) =>
      service.mail.send({ ...welcome, to: 'ann@office.example', variables })
    const code = 'VARIABLES_MISMATCH'
    await expect(send({})).rejects.toMatchObject({ code, details: { missing: ['name'], unknown: [] } })
    await expect(send({ name: 'A', city: 'B' })).rejects.toMatchObject({
      code,
      details: { missing: [], unknown: ['city'] },
    })
    await expect(send({ Name: 'A' })).rejects.toMatchObject({ code, details: { missing: ['name'], unknown: ['Name'] } })
    expect(await statesOf(service)).toEqual({})
    await send({ name: '' })
    await service.mail.groups.create({ name: 'readers' })
    await service.mail.groups.importCsv('readers', 'email,name\nx@readers.example,\n')
    await service.mail.tasks.create(batch)
    await settle(service)
    for (const { content } of service.transport.messages) {
      const { subject, html } = await opened(content)
      expect(subject?.trim()).toBe('Welcome,')
      expect(html).toContain('<p>Hello </p>')
    }
    expect(service.transport.count).toBe(2)
  })
})
