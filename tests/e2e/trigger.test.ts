import type { SendInput } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService, aTask, headerOf, opened, SENDER, settle, statesOf, welcome } from './a-service.js'

const people = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}@readers.example`)

describe('trigger mail', () => {
  it('TRG-1: takes 50 To, 20 Cc and 20 Bcc, all named but the Bcc, and not one more of any', async () => {
    const service = await aService()
    const everybody = { to: people(50, 'to'), cc: people(20, 'cc'), bcc: people(20, 'bcc') }
    const { messages } = await service.mail.send({ ...welcome, ...everybody })
    expect(messages).toHaveLength(90)
    await settle(service)
    expect(service.transport.count).toBe(90)
    for (const { content } of service.transport.messages) {
      const { to, cc, bcc } = await opened(content)
      expect(to?.map(({ address }) => address)).toEqual(everybody.to)
      expect(cc?.map(({ address }) => address)).toEqual(everybody.cc)
      expect(bcc).toBeUndefined()
    }
    expect(service.transport.messages.some(({ content }) => Buffer.from(content).includes('bcc0@'))).toBe(false)
    for (const [field, count] of [
      ['to', 51],
      ['cc', 21],
      ['bcc', 21],
    ] as const) {
      const input = { ...welcome, to: 'first@office.example', [field]: people(count, 'more') }
      await expect(service.mail.send(input)).rejects.toMatchObject({
        code: 'TOO_MANY_RECIPIENTS',
        details: { field, count, limit: count - 1 },
      })
    }
    expect((await service.mail.deliveries.messages({ limit: 1_000 })).items).toHaveLength(90)
  })

  it('TRG-1: To, Cc and Bcc are disjoint, and a string is one address that is never split', async () => {
    const service = await aService()
    await expect(
      service.mail.send({ ...welcome, to: 'ann@office.example', bcc: ['bob@office.example', 'ANN@Office.example'] }),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { field: 'bcc.1' } })
    for (const to of [
      'ann@office.example, bob@office.example',
      'ann@office.example;bob@office.example',
      'ann@office.example bob@office.example',
      '<ann@office.example>,<bob@office.example>',
      'ann@office.example\r\nBcc: bob@office.example',
      'Friends: ann@office.example, bob@office.example;',
    ]) {
      await expect(service.mail.send({ ...welcome, to })).rejects.toMatchObject({ code: 'ADDRESS_INVALID' })
    }
    await service.mail.send({ ...welcome, to: '"Bob, ann@x.example" <bob@office.example>' })
    await settle(service)
    expect(service.transport.messages.map(({ envelope }) => envelope.to)).toEqual([['bob@office.example']])
  })

  it('TRG-1: carries attachments and inline images, and refuses what may not be attached', async () => {
    const service = await aService()
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256)
    await service.mail.send({
      from: SENDER,
      to: 'ann@office.example',
      subject: 'Bill',
      html: '<p>Yours</p><img src="cid:logo" alt="Shop">',
      attachments: [
        { name: 'Rechnung für Ann.pdf', content: bytes },
        { name: 'logo.png', content: bytes, cid: 'logo' },
      ],
    })
    await settle(service)
    const [{ content } = { content: new Uint8Array() }] = service.transport.messages
    const { attachments } = await opened(content)
    expect(attachments.map(({ filename, mimeType, contentId }) => ({ filename, mimeType, contentId }))).toEqual(
      expect.arrayContaining([
        { filename: 'logo.png', mimeType: 'image/png', contentId: '<logo>' },
        expect.objectContaining({ filename: 'Rechnung für Ann.pdf', mimeType: 'application/pdf' }),
      ]),
    )
    for (const { content: part } of attachments) expect(Buffer.from(part as ArrayBuffer)).toEqual(Buffer.from(bytes))

    const withThese = (attachments: SendInput['attachments']) =>
      service.mail.send({ ...welcome, to: 'bob@office.example', attachments })
    const refused = [
      ...['a?.txt', 'a\\b.txt', 'a*.txt', 'a|.txt', 'a".txt', 'a<.txt', 'a>.txt', 'a:.txt', 'a/b.txt', 'a\r\n.txt'],
      ...['setup.exe', 'run.JS', 'x.bat.', 'virus.pdf.scr', 'link.lnk', 'x.vbs', 'a.jar'],
    ].map((name) => [{ name, content: 'x' }])
    const files = (count: number, size: number) =>
      Array.from({ length: count }, (_, index) => ({ name: `${index}.txt`, content: new Uint8Array(size) }))
    for (const attachments of [...refused, files(11, 1), files(2, 2 * 1_048_576 + 1)])
      await expect(withThese(attachments)).rejects.toMatchObject({ code: 'ATTACHMENT_INVALID' })
    expect(Object.keys(await statesOf(service))).toEqual(['ann@office.example'])
    await withThese(files(10, 1))
    await withThese(files(2, 2 * 1_048_576))
  })

  it('TRG-1: sets reply-to and headers from the safe list or with X-, and no others', async () => {
    const service = await aService()
    const to = 'ann@office.example'
    await service.mail.send({
      ...welcome,
      to,
      replyTo: 'desk@shop.example',
      headers: { 'X-Order': '42', 'In-Reply-To': '<one@shop.example>' },
    })
    await settle(service)
    const [{ content } = { content: new Uint8Array() }] = service.transport.messages
    expect(headerOf(content, 'X-Order')).toBe('42')
    expect(headerOf(content, 'In-Reply-To')).toBe('<one@shop.example>')
    expect(headerOf(content, 'Reply-To')).toBe('desk@shop.example')
    for (const name of ['Bcc', 'To', 'From', 'Sender', 'Return-Path', 'DKIM-Signature', 'Message-ID', 'Content-Type']) {
      await expect(service.mail.send({ ...welcome, to, headers: { [name]: 'x' } })).rejects.toMatchObject({
        code: 'HEADER_INVALID',
        details: { header: name, nearest: `X-${name}` },
      })
    }
    for (const value of ['a\r\nBcc: eve@evil.example', 'a\nb', 'a\0b'])
      await expect(service.mail.send({ ...welcome, to, headers: { 'X-A': value } })).rejects.toMatchObject({
        code: 'HEADER_INVALID',
      })
  })

  it('TRG-1: direct content is never read for variables', async () => {
    const service = await aService()
    const direct = {
      from: SENDER,
      to: 'ann@office.example',
      subject: 'Use {{name}}',
      html: '<p>{{name}} {{{raw}}} {{#if x}} {{unsubscribe_url}} {{</p>',
      text: 'plain {{name}} {{/each',
    }
    await expect(service.mail.send({ ...direct, variables: { name: 'Ann' } })).rejects.toMatchObject({
      code: 'VARIABLES_MISMATCH',
    })
    await service.mail.send(direct)
    await settle(service)
    const [{ content } = { content: new Uint8Array() }] = service.transport.messages
    const { subject, html, text } = await opened(content)
    expect({ subject, html: html?.trim(), text: text?.trim() }).toEqual({
      subject: direct.subject,
      html: direct.html,
      text: direct.text,
    })
    await expect(service.mail.send({ ...welcome, to: 'ann@office.example', text: 'and more' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { field: 'template' },
    })
  })

  it('TRG-1: a mail has at most 8 MiB', async () => {
    const service = await aService()
    const send = (text: string) => service.mail.send({ from: SENDER, to: 'ann@office.example', subject: 'Long', text })
    await expect(send('x'.repeat(8 * 1_048_576 + 1))).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE' })
    await send('x'.repeat(7 * 1_048_576))
  })

  it("TRG-1: answers each recipient's state once stored, and throws only if nobody was accepted", async () => {
    const service = await aService()
    await service.mail.blocklist.custom.add({ addresses: ['bob@office.example'], domains: ['gone.example'] })
    const answer = await service.mail.send({
      ...welcome,
      to: ['Ann <ann@office.example>', 'bob@office.example'],
      bcc: ['cy@gone.example'],
    })
    const refusal = { code: 'CUSTOM_BLOCKED' }
    expect(answer).toMatchObject({
      requestId: expect.any(String),
      messages: [
        { id: expect.any(String), to: 'ann@office.example', role: 'to', state: 'accepted' },
        { id: null, to: 'bob@office.example', role: 'to', state: 'refused', refusal },
        { id: null, to: 'cy@gone.example', role: 'bcc', state: 'refused', refusal },
      ],
    })
    expect(answer.messages[0]).not.toHaveProperty('refusal')
    const { items } = await service.mail.deliveries.messages()
    expect(items).toMatchObject([{ id: answer.messages[0]?.id, state: 'accepted', attempts: 0 }])
    await expect(service.mail.send({ ...welcome, to: 'bob@office.example' })).rejects.toMatchObject(refusal)
    await settle(service)
    const [{ content } = { content: new Uint8Array() }] = service.transport.messages
    expect((await opened(content)).to).toEqual([{ name: 'Ann', address: 'ann@office.example' }])
  })

  it('TRG-1: goes ahead of batch mail that was there before', async () => {
    const service = await aService({ policy: { startLevel: 5 } })
    await aTask(service, 3_000)
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service)
    const place = service.transport.messages.findIndex(({ envelope }) => envelope.to[0] === 'ann@office.example')
    expect(service.transport.count).toBe(3_001)
    expect(place).toBeLessThan(300)
  })

  it('TRG-2: a subject has 1 to 998 characters, that of a batch 1 to 100', async () => {
    const service = await aService()
    const send = (subject: string) => service.mail.send({ from: SENDER, to: 'a@office.example', subject, text: 'x' })
    await send('ü'.repeat(998))
    await settle(service)
    const [{ content } = { content: new Uint8Array() }] = service.transport.messages
    expect((await opened(content)).subject).toBe('ü'.repeat(998))
    await expect(send('x'.repeat(999))).rejects.toMatchObject({ code: 'SUBJECT_INVALID' })
    await expect(send('')).rejects.toMatchObject({ code: expect.stringMatching(/^SUBJECT_/) })
    await service.mail.groups.create({ name: 'readers' })
    await service.mail.groups.importCsv('readers', 'email,name\na@readers.example,A\n')
    const task = (length: number) =>
      service.mail.tasks.create({
        type: 'immediate',
        from: SENDER,
        template: 'welcome',
        group: 'readers',
        subject: `{{name}}${'x'.repeat(length - 8)}`,
      })
    await expect(task(101)).rejects.toMatchObject({ code: 'SUBJECT_INVALID' })
    await task(100)
  })
})
