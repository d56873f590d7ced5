import { describe, expect, it, vi } from 'vitest'
import { aHandler, jsonOf, refusalOf, SENDER, welcome } from './a-handler.js'

const BOUNDARY = 'the-boundary'
const form = (...parts: readonly string[]): string =>
  `${parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`).join('')}--${BOUNDARY}--\r\n`
const part = (name: string, content: string, filename = 'people.csv') =>
  `content-disposition: form-data; name="${name}"; filename="${filename}"\r\ncontent-type: text/csv\r\n\r\n${content}`
const field = (name: string, content: string) => `content-disposition: form-data; name="${name}"\r\n\r\n${content}`
const asForm = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
const IMPORT = '/groups/readers/import'

const aGroup = async (options: Parameters<typeof aHandler>[0] = {}) => {
  const made = await aHandler(options)
  await made.mail.groups.create({ name: 'readers' })
  return made
}

describe('uploads', () => {
  it('GRP-3: a form with a file is the file', async () => {
    const { ask } = await aGroup()
    const body = form(field('note', 'x'), part('file', 'email,name\nann@example.org,"Ann, ""A"""\n'))
    const answer = await ask(IMPORT, { method: 'POST', body, headers: asForm })
    expect(await jsonOf(answer)).toMatchObject({ total: 1, valid: 1 })
    const { items } = await jsonOf(await ask('/groups/readers/recipients'))
    expect(items).toEqual([{ address: 'ann@example.org', values: { name: 'Ann, "A"' } }])
  })

  it('GRP-3: what a browser sends for a form is one', async () => {
    const { handle } = await aGroup()
    const body = new FormData()
    const rows = Array.from({ length: 9_000 }, (_, at) => `r${at}@example.org,R${at}`)
    body.append('file', new Blob([`email,name\n${rows.join('\n')}\n`], { type: 'text/csv' }), 'people.csv')
    const headers = { 'x-caller': 'default/sender' }
    const request = new Request(`https://app.example${IMPORT}`, { method: 'POST', body, headers })
    expect(await jsonOf(await handle(request))).toMatchObject({ total: 9_000, valid: 9_000 })
  })

  it.each([
    ['no file', form(field('note', 'x'))],
    ['nothing', ''],
    ['no form at all', 'email,name\nann@example.org,Ann\n'],
    ['a form cut off', form(part('file', 'email,name\nann@example.org,Ann\n')).slice(0, -30)],
  ])('GRP-4: %s is refused and stores nothing', async (_, body) => {
    const { ask, mail } = await aGroup()
    expect(await refusalOf(await ask(IMPORT, { method: 'POST', body, headers: asForm }))).toEqual([
      400,
      'INPUT_INVALID',
    ])
    expect(await mail.groups.get('readers')).toMatchObject({ state: 'empty' })
  })

  it.each([
    ['breaks off', (controller: ReadableStreamDefaultController) => controller.error(new Error('gone'))],
    ['is cut short', (controller: ReadableStreamDefaultController) => controller.close()],
  ])('T29: a form for a group that is not there, which then %s, harms nobody and is not read', async (_, end) => {
    const { handle } = await aHandler()
    let ended = false
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (!ended) controller.enqueue(new TextEncoder().encode(form(part('file', 'email\n')).slice(0, -20)))
          else end(controller)
          ended = true
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { 'x-caller': 'default/sender', ...asForm }
    const url = 'https://app.example/groups/nobody/import'
    const answer = await handle(new Request(url, { method: 'POST', body, headers, duplex: 'half' }))
    expect(await refusalOf(answer)).toEqual([404, 'NOT_FOUND'])
    expect(ended).toBe(false)
    // An error that nobody hears would fail the run.
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  })

  it.each(['email,name\n"ann', 'email,name\nann@example.org\n'])(
    'T29: a form whose file is refused before its end, and breaks off then, harms nobody',
    async (start) => {
      const { handle, mail } = await aGroup()
      let count = 0
      const body = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            count += 1
            const text = count === 1 ? form(part('file', start)).slice(0, -22) : 'ann@example.org,a,b,c\n'.repeat(100)
            if (count < 4) controller.enqueue(new TextEncoder().encode(text))
            else controller.error(new Error('gone'))
          },
        },
        { highWaterMark: 0 },
      )
      const headers = { 'x-caller': 'default/sender', ...asForm }
      const url = `https://app.example${IMPORT}`
      const answer = await handle(new Request(url, { method: 'POST', body, headers, duplex: 'half' }))
      expect(answer.status).toBeGreaterThanOrEqual(400)
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      expect(await mail.groups.get('readers')).toMatchObject({ state: 'empty' })
    },
  )

  it('T25: a form larger than a body may be is refused while it arrives, with the limit', async () => {
    const { ask, mail } = await aGroup({ maxBodyBytes: 10_000 })
    const body = form(part('file', `email,name\n${'ann@example.org,Ann\n'.repeat(1_000)}`))
    const answer = await ask(IMPORT, { method: 'POST', body, headers: asForm })
    expect(await jsonOf(answer)).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE', details: { limit: 10_000 } })
    expect(await mail.groups.get('readers')).toMatchObject({ state: 'empty' })
  })

  it('T25: JSON that holds no mail is at most 1 MiB; a mail may be as large as the limit', async () => {
    const { ask } = await aHandler()
    const long = 'x'.repeat(1_100_000)
    const asked = (path: string, json: object) => ask(path, { json }).then(({ status }) => status)
    expect(await asked('/groups', { name: long })).toBe(413)
    expect(await asked('/tasks/plan', { name: long })).toBe(413)
    expect(
      await asked('/send', { ...welcome, template: undefined, variables: undefined, subject: 'Hi', text: long }),
    ).toBe(201)
  })
})

/** A body that sends a little and then nothing more. */
const stalled = () =>
  new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"name":')),
  })

describe('slow clients', () => {
  it('T29: a body that stops coming is given up, told so, and its connection closed', async () => {
    const { handle } = await aHandler({ bodyTimeoutMs: 50 })
    const headers = { 'x-caller': 'default/admin', 'content-type': 'application/json' }
    const url = 'https://app.example/groups'
    const answer = await handle(new Request(url, { method: 'POST', body: stalled(), headers, duplex: 'half' }))
    expect(answer.headers.get('connection')).toBe('close')
    expect(await refusalOf(answer)).toEqual([408, 'BODY_INCOMPLETE'])
  })
})

describe('exports', () => {
  it('DLV-3: stream, carry a name, and refuse before the first byte', async () => {
    const { ask, mail } = await aHandler()
    await mail.send(welcome)
    const file = await ask('/deliveries/export.csv?list=messages')
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="deliveries.csv"')
    expect(await file.text()).toContain('ann@example.org')
    expect(await refusalOf(await ask('/deliveries/export.csv?list=everything'))).toEqual([400, 'INPUT_INVALID'])
    expect(await refusalOf(await ask('/statistics/export.csv?figures=sending'))).toEqual([400, 'INPUT_INVALID'])
  })

  it('DLV-3: are read no faster than the client takes them, and let go when it leaves', async () => {
    const { ask, mail } = await aHandler()
    for (let at = 0; at < 9; at += 1)
      await mail.send({
        from: SENDER,
        to: Array.from({ length: 50 }, (_, one) => `r${at}-${one}@a-rather-long-domain-name.example.org`),
        template: 'welcome',
        variables: { name: 'x' },
      })
    const reader = (await ask('/deliveries/export.csv?list=messages')).body?.getReader()
    const first = await reader?.read()
    expect(first?.value?.byteLength).toBeLessThan(40_000)
    await reader?.cancel()
    expect((await ask('/deliveries/messages?limit=1')).status).toBe(200)
  })
})

describe('live figures', () => {
  it('DLV-1: come as server-sent events, at once and after a change, until the client leaves', async () => {
    const { ask, mail } = await aHandler()
    const answer = await ask('/deliveries/live?minutes=1')
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    const next = async () => {
      for (;;) {
        const { value = '' } = (await reader?.read()) ?? {}
        if (value.startsWith('event:')) return value
      }
    }
    const first = await next()
    expect(first).toMatch(/^event: queue-status\ndata: \{.*\}\n\n$/)
    expect(JSON.parse(first.split('data: ')[1] ?? '')).toMatchObject({ queued: { total: 0 } })
    await mail.send(welcome)
    expect(JSON.parse((await next()).split('data: ')[1] ?? '')).toMatchObject({ queued: { total: 1 } })
    await reader?.cancel()
    await mail.stop()
  })

  it('DLV-1: HEAD tells what GET would, and keeps nothing running', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const { ask } = await aHandler()
      const before = vi.getTimerCount()
      const answer = await ask('/deliveries/live', { method: 'HEAD' })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
      expect(await answer.text()).toBe('')
      expect(vi.getTimerCount()).toBe(before)
    } finally {
      vi.useRealTimers()
    }
  })

  it('DLV-1: a question that is not valid is refused, and not a stream', async () => {
    const { ask } = await aHandler()
    expect(await refusalOf(await ask('/deliveries/live?minutes=0'))).toEqual([400, 'INPUT_INVALID'])
  })
})

describe('what was read before', () => {
  it('is 304 while nothing has changed', async () => {
    const { ask, mail } = await aHandler()
    const first = await ask('/templates/welcome')
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('cache-control')).toBe('no-store')
    const again = await ask('/templates/welcome', { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    await mail.templates.update('welcome', { subject: 'Other {{name}}' })
    expect((await ask('/templates/welcome', { headers: { 'if-none-match': etag } })).status).toBe(200)
  })
})
