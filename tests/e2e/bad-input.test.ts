import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService, isMailError, type MailError } from '@mailwright/core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { aService, DOMAIN, rows, SENDER, type Service, settle, welcome } from './a-service.js'

const SECRET = 'a secret only for the tests'

const thrown = async (call: () => unknown): Promise<MailError> => {
  try {
    await call()
  } catch (error) {
    if (isMailError(error)) return error
    throw error
  }
  throw new Error('nothing was refused')
}

let service: Service
beforeAll(async () => {
  service = await aService()
  await service.mail.groups.create({ name: 'readers' })
  await service.mail.groups.importCsv('readers', rows(2))
  await service.mail.groups.create({ name: 'g' })
})

describe('bad input', () => {
  it.each([
    ['{{{raw}}}', 4],
    ['{{#if a}}x{{/if}}', 4],
    ['{{constructor}}', 4],
    ['{{name', 4],
    ['{{> part}}', 4],
    ['{{a b}}', 4],
    ['{{! note}}', 4],
    ['{{__proto__}}', 4],
  ])('TPL-2: a template with %s is refused with its line and column, and nothing is stored', async (source, column) => {
    const input = { name: 'bad', subject: 'x', html: `<p>one</p>\n<p>${source}</p>` }
    const error = await thrown(() => service.mail.templates.create(input))
    expect(error).toMatchObject({ code: 'TEMPLATE_SYNTAX', details: { line: 2, column } })
    await expect(service.mail.templates.get('bad')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('TRG-2: no CR or LF comes into a subject: not by a template, a send, a task or a value', async () => {
    const { mail } = service
    const subject = 'Hi\r\nBcc: eve@evil.example'
    const before = (await mail.deliveries.messages()).items.length
    for (const call of [
      () => mail.templates.create({ name: 'bad', subject, html: '<p>x</p>' }),
      () => mail.templates.update('welcome', { subject }),
      () => mail.send({ from: SENDER, to: 'ann@office.example', subject, text: 'x' }),
      () => mail.send({ ...welcome, to: 'ann@office.example', subject: `{{name}} ${subject}` }),
      () => mail.sendRegular({ ...welcome, to: 'ann@office.example', subject }),
      () => mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers', subject }),
    ])
      expect((await thrown(call)).code).toMatch(/^(SUBJECT_INVALID|TEMPLATE_SYNTAX)$/)
    expect((await mail.deliveries.messages()).items).toHaveLength(before)
    const own = await aService()
    const sent = own.mail.send({
      ...welcome,
      to: 'ann@office.example',
      variables: { name: 'A\r\nBcc: eve@evil.example' },
    })
    await sent.catch((error) =>
      expect(error).toMatchObject({ code: expect.stringMatching(/VALUE_INVALID|SUBJECT_INVALID/) }),
    )
    await settle(own)
    for (const { content } of own.transport.messages) expect(Buffer.from(content).toString()).not.toMatch(/^Bcc:/im)
  })

  it.each(['Shop\r\nBcc: eve@evil.example', 'Shop\n', 'Shop\0', 'Shop: sale'])(
    'SND-2: the display name %j is refused',
    async (name) => {
      await expect(service.mail.senders.create({ address: `bad@${DOMAIN}`, name })).rejects.toMatchObject({
        code: 'SENDER_NAME_INVALID',
      })
      expect(await thrown(() => service.mail.send({ ...welcome, to: `${name} <ann@office.example>` }))).toMatchObject({
        code: expect.stringMatching(/^(SENDER_NAME_INVALID|ADDRESS_INVALID)$/),
      })
      expect((await service.mail.senders.list()).items).toHaveLength(1)
    },
  )

  it.each([
    ['10,001 rows', rows(10_001), 'CSV_TOO_MANY_ROWS', {}],
    ['no header', 'ann@office.example,Ann\nbob@office.example,Bob\n', 'CSV_HEADER_INVALID', {}],
    ['email not first', 'name,email\nAnn,ann@office.example\n', 'CSV_HEADER_INVALID', {}],
    ['a short row', 'email,name\nann@office.example,Ann\nbob@office.example\n', 'CSV_ROW_INVALID', { line: 3 }],
    ['an open quote', 'email,name\nann@office.example,"Ann\n', 'CSV_ROW_INVALID', { line: 2 }],
    ['Latin-1', Buffer.from('email,name\nann@office.example,J\xfcrgen\n', 'latin1'), 'CSV_ENCODING', {}],
    ['__proto__', 'email,__proto__\nann@office.example,x\n', 'CSV_HEADER_INVALID', {}],
    ['constructor', 'email,constructor\nann@office.example,x\n', 'CSV_HEADER_INVALID', {}],
    ['nothing at all', '', 'CSV_HEADER_INVALID', {}],
  ] as const)('GRP-4: a CSV with %s is refused whole', async (_, csv, code, details) => {
    await expect(service.mail.groups.importCsv('g', csv)).rejects.toMatchObject({ code, details })
    expect(await service.mail.groups.get('g')).toMatchObject({ state: 'empty', rows: 0 })
  })

  it('GRP-4: a cell that looks like a formula is imported as it is', async () => {
    const own = await aService()
    await own.mail.groups.create({ name: 'formulas' })
    const cells = ['=1+1', '+49', '-1', '@sum', "'x", '=HYPERLINK(""http://evil.example"")']
    const csv = cells.map((cell, index) => `f${index}@readers.example,"${cell}"`).join('\n')
    await own.mail.groups.importCsv('formulas', `email,name\n${csv}\n`)
    await own.mail.tasks.create({
      type: 'immediate',
      from: SENDER,
      template: 'welcome',
      group: 'formulas',
      subject: '{{name}}',
    })
    await settle(own)
    const subjects = own.transport.messages.map(
      ({ content }) => /^Subject: (.*)\r$/m.exec(Buffer.from(content).toString())?.[1],
    )
    expect(new Set(subjects)).toEqual(new Set(cells.map((cell) => cell.replaceAll('""', '"'))))
  })

  it('SND-2: a pending domain has no senders, and sends nothing', async () => {
    await service.mail.domains.create({ name: 'pending.shop.example' })
    const address = 'hi@pending.shop.example'
    await expect(service.mail.senders.create({ address })).rejects.toMatchObject({ code: 'DOMAIN_NOT_VERIFIED' })
    await expect(service.mail.send({ ...welcome, from: address, to: 'ann@office.example' })).rejects.toMatchObject({
      code: 'SENDER_NOT_FOUND',
    })
  })

  it('SND-1: the eleventh sender of a domain is refused', async () => {
    const { mail } = await aService()
    for (let index = 1; index < 10; index += 1) await mail.senders.create({ address: `s${index}@${DOMAIN}` })
    await expect(mail.senders.create({ address: `s10@${DOMAIN}` })).rejects.toMatchObject({
      code: 'LIMIT_REACHED',
      details: { limit: 10 },
    })
    expect((await mail.senders.list()).items).toHaveLength(10)
  })

  it.each([
    [
      'send',
      () => service.mail.send({ ...welcome, to: 'a@office.example', templat: 'x' } as never),
      'templat',
      'template',
    ],
    [
      'send, inside',
      () =>
        service.mail.send({
          ...welcome,
          to: 'a@office.example',
          attachments: [{ name: 'a.txt', contnt: 'x' }],
        } as never),
      'attachments.0.contnt',
      'content',
    ],
    [
      'sendRegular',
      () => service.mail.sendRegular({ ...welcome, to: 'a@office.example', subjct: 'x' } as never),
      'subjct',
      'subject',
    ],
    [
      'tasks.create',
      () =>
        service.mail.tasks.create({
          type: 'immediate',
          from: SENDER,
          template: 'welcome',
          group: 'readers',
          idempotencykey: 'x',
        } as never),
      'idempotencykey',
      'idempotencyKey',
    ],
    [
      'tasks.plan',
      () => service.mail.tasks.plan({ from: SENDER, template: 'welcome', group: 'readers', subjectt: '' } as never),
      'subjectt',
      'subject',
    ],
    [
      'domains.create',
      () => service.mail.domains.create({ name: 'x.shop.example', trsut: 'operator' } as never),
      'trsut',
      'trust',
    ],
    ['senders.create', () => service.mail.senders.create({ adress: 'x' } as never), 'adress', 'address'],
    ['templates.create', () => service.mail.templates.create({ name: 'x', htlm: 'x' } as never), 'htlm', 'html'],
    [
      'groups.create',
      () => service.mail.groups.create({ name: 'x', desription: '' } as never),
      'desription',
      'description',
    ],
    [
      'blocklist.custom.add',
      () => service.mail.blocklist.custom.add({ addreses: ['a@office.example'] } as never),
      'addreses',
      'addresses',
    ],
    [
      'ensure',
      () => service.mail.ensure({ senders: [{ address: SENDER, nmae: 'x' }] } as never),
      'senders.0.nmae',
      'name',
    ],
    [
      'options',
      () =>
        createMailService({
          storage: service.storage,
          transport: service.transport,
          secret: SECRET,
          polcy: {},
        } as never),
      'polcy',
      'policy',
    ],
    [
      'options.policy',
      () =>
        createMailService({
          storage: service.storage,
          transport: service.transport,
          secret: SECRET,
          policy: { frequencyPerHuor: 1 },
        } as never),
      'policy.frequencyPerHuor',
      'frequencyPerHour',
    ],
    [
      'options.dns',
      () =>
        createMailService({
          storage: service.storage,
          transport: service.transport,
          secret: SECRET,
          dns: { dkin: 'ours' },
        } as never),
      'dns.dkin',
      'dkim',
    ],
  ] as const)('ERR-3: %s names an unknown field and the nearest known one', async (_, call, field, nearest) => {
    const { details } = await thrown(call)
    expect(details.problems).toContainEqual(expect.objectContaining({ field, nearest }))
  })

  it('ERR-2: no refusal holds an address, content or a secret in its message, nor a secret in its details', async () => {
    const { mail } = service
    const word = fc.stringMatching(/^[a-z]{12,20}$/)
    const junk = fc.constantFrom('\r\n', '\0', ' ', '@', '<', '>', ',', ':', '{{', '}}', '{{#', '"', '\u202e', '..', '')
    const refusals = new Set<string>()
    const calls = (marker: string, bit: string): readonly (() => Promise<unknown>)[] => {
      const text = `${marker}${bit}${marker}`
      const address = `${marker}@${marker}.example`
      return [
        () => mail.send({ ...welcome, to: `${text} x@` }),
        () => mail.send({ ...welcome, from: address, to: address }),
        () => mail.send({ ...welcome, to: address, variables: { [text]: text } }),
        () => mail.send({ ...welcome, to: [address, address] }),
        () => mail.send({ ...welcome, to: address, replyTo: text }),
        () => mail.send({ ...welcome, to: address, headers: { [`${marker}-h`]: text } }),
        () => mail.send({ ...welcome, to: address, headers: { 'X-A': `${text}\n` } }),
        () => mail.send({ ...welcome, to: address, attachments: [{ name: `${marker}.exe`, content: text }] }),
        () => mail.send({ from: SENDER, to: address, subject: `${text}\r`, text }),
        () => mail.send({ from: SENDER, to: address, subject: marker, text, html: text, template: marker }),
        () => mail.sendRegular({ ...welcome, to: address, template: marker }),
        () => mail.senders.create({ address: `${text}@`, name: marker }),
        () => mail.senders.create({ address: `x@${DOMAIN}`, name: `${text}:` }),
        () => mail.senders.delete(address),
        () => mail.domains.create({ name: `${text}_` }),
        () => mail.templates.create({ name: marker, html: `<p>${text}{{#${marker}}}</p>` }),
        () => mail.templates.create({ name: marker, html: `<script>${text}{{name}}</script>` }),
        () => mail.groups.importCsv('g', `${text},name\n`),
        () => mail.groups.importCsv('g', `email,name\n${address}\n`),
        () => mail.groups.get(marker),
        () => mail.tasks.create({ type: 'immediate', from: address, template: marker, group: marker }),
        () => mail.blocklist.custom.add({ domains: [`${text}\n`] }),
        () =>
          createMailService({
            ...{ storage: service.storage, transport: service.transport },
            secret: marker.slice(0, 15),
          }),
        async () => smtp({ url: `smtps://${marker}:${marker}@/${bit}` }),
      ]
    }
    await fc.assert(
      fc.asyncProperty(word, junk, async (marker, bit) => {
        for (const [index, call] of calls(marker, bit).entries()) {
          const error = await thrown(call)
          refusals.add(error.code)
          expect(error.message, `${index} ${error.code}`).not.toContain(marker.slice(0, 12))
          expect(error.message).not.toMatch(/[\w.]+@[\w-]+\.\w/)
          if (index >= 22) expect(JSON.stringify(error.details), error.code).not.toContain(marker.slice(0, 12))
          expect(JSON.stringify([error.message, error.details])).not.toContain(SECRET)
        }
      }),
      { numRuns: 45 },
    )
    expect(refusals.size).toBeGreaterThan(12)
  })
})
