import { describe, expect, it } from 'vitest'
import { aHandler, jsonOf, refusalOf, SENDER, welcome } from '../../tests/a-handler.js'

const csv = 'email,name\nann@example.org,Ann\nbob@example.org,Bob\nbob@example.org,Bob\n'
const asCsv = { 'content-type': 'text/csv' }

describe('sending', () => {
  it('answers 201 once the mail is stored, and shows it in the list and its timeline', async () => {
    const { ask, mail, transport } = await aHandler()
    const response = await ask('/send', { json: welcome, as: 'default/sender' })
    expect(response.status).toBe(201)
    const { messages } = await jsonOf(response)
    expect(messages).toMatchObject([{ to: 'ann@example.org', state: 'accepted' }])
    await mail.tick()
    expect(transport.count).toBe(1)
    const list = await jsonOf(await ask('/deliveries/messages?recipient=ann%40example.org&limit=1'))
    expect(list).toMatchObject({ items: [{ recipient: 'ann@example.org', state: 'delivered' }] })
    const [{ id } = { id: '' }] = list.items as { id: string }[]
    expect(await jsonOf(await ask(`/deliveries/messages/${id}/timeline`))).toMatchObject({
      items: [{ kind: 'accepted' }, { kind: 'delivered' }],
    })
  })

  it('ACC-4: the header Idempotency-Key gives the first answer again, and refuses another body', async () => {
    const { ask } = await aHandler()
    const headers = { 'idempotency-key': '"welcome-42"' }
    const first = await jsonOf(await ask('/send', { json: welcome, headers }))
    expect(await jsonOf(await ask('/send', { json: welcome, headers: { 'idempotency-key': 'welcome-42' } }))).toEqual(
      first,
    )
    expect(await jsonOf(await ask('/send', { json: { ...welcome, idempotencyKey: 'welcome-42' } }))).toEqual(first)
    const other = await ask('/send', { json: { ...welcome, to: 'bob@example.org' }, headers })
    expect(await refusalOf(other)).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
    const both = await ask('/send', { json: { ...welcome, idempotencyKey: 'x' }, headers })
    expect(await refusalOf(both)).toEqual([400, 'INPUT_INVALID'])
  })

  it('takes attachments as base64', async () => {
    const { ask, mail, transport } = await aHandler()
    const attach = (contentBase64: unknown) => ({ ...welcome, attachments: [{ name: 'a.bin', contentBase64 }] })
    expect((await ask('/send', { json: attach('AP8Q') })).status).toBe(201)
    await mail.tick()
    expect(Buffer.from(transport.messages[0]?.content ?? []).toString('latin1')).toContain('AP8Q')
    for (const wrong of ['AP8', 'A P8', 7, null]) {
      expect(await refusalOf(await ask('/send', { json: attach(wrong) }))).toEqual([400, 'ATTACHMENT_INVALID'])
    }
  })

  it('sends regular mail to people who see each other', async () => {
    const { ask } = await aHandler()
    const json = { ...welcome, to: ['ann@example.org', 'bob@example.org'] }
    expect((await jsonOf(await ask('/send-regular', { json }))).messages).toHaveLength(2)
  })

  it('refuses what the blocklist names, with the reason', async () => {
    const { ask, mail } = await aHandler()
    await mail.blocklist.custom.add({ addresses: ['ann@example.org'] })
    expect(await refusalOf(await ask('/send', { json: welcome }))).toEqual([422, 'CUSTOM_BLOCKED'])
    const looked = await jsonOf(await ask('/blocklist/lookup', { json: { addresses: ['ann@example.org'] } }))
    expect(looked).toMatchObject({ items: [{ address: 'ann@example.org', custom: [{ status: 'active' }] }] })
    expect((await ask('/blocklist/lookup', { json: { address: ['ann@example.org'] } })).status).toBe(400)
  })
})

describe('batches', () => {
  it('go from a CSV body to a task, and obey pause, restart and cancel', async () => {
    const { ask, mail } = await aHandler()
    expect((await ask('/groups', { json: { name: 'readers' } })).status).toBe(201)
    const imported = await ask('/groups/readers/import?mode=append', { method: 'POST', body: csv, headers: asCsv })
    expect(await jsonOf(imported)).toMatchObject({ total: 3, valid: 2, repeated: 1 })
    expect(await jsonOf(await ask('/groups/readers'))).toMatchObject({ state: 'ready' })
    expect((await jsonOf(await ask('/groups/readers/recipients'))).items).toHaveLength(2)
    const what = { from: SENDER, template: 'welcome', group: 'readers' }
    expect((await ask('/tasks/plan', { json: what, as: 'default/viewer' })).status).toBe(200)
    expect((await ask('/tasks/test-send', { json: { ...what, to: 'me@example.org' } })).status).toBe(201)
    const made = await ask('/tasks', { json: { type: 'immediate', ...what }, headers: { 'idempotency-key': 'n' } })
    expect(made.status).toBe(201)
    const { id } = await jsonOf(made)
    await mail.tick()
    expect(await jsonOf(await ask(`/tasks/${id}`))).toMatchObject({ state: 'done', delivered: 2 })
    expect((await jsonOf(await ask(`/tasks/${id}/runs`))).items).toHaveLength(1)
    expect((await jsonOf(await ask('/tasks?state=done'))).items).toHaveLength(1)
    for (const verb of ['pause', 'restart', 'cancel']) {
      const late = await ask(`/tasks/${id}/${verb}`, { method: 'POST' })
      expect(await refusalOf(late), verb).toEqual([409, 'STATE_INVALID'])
    }
    expect(await jsonOf(await ask(`/tasks/${id}/retry-failed`, { method: 'POST' }))).toEqual({ requeued: 0 })
  })

  it('a task that has not begun is paused, restarted and cancelled', async () => {
    const { ask, mail } = await aHandler()
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', csv)
    const json = { type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' }
    const { id } = await jsonOf(await ask('/tasks', { json }))
    const states = []
    for (const verb of ['pause', 'restart', 'cancel'])
      states.push((await jsonOf(await ask(`/tasks/${id}/${verb}`, { method: 'POST' }))).state)
    expect(states[0]).toBe('paused')
    expect(states[1]).not.toBe('paused')
    expect(states[2]).toBe('cancelled')
  })

  it('TSK-1: a cycle that is switched off ends its task, for whoever may send', async () => {
    const { ask, mail } = await aHandler()
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', csv)
    const startAt = Date.now() + 3_600_000
    const json = {
      type: 'recurring',
      startAt,
      timeZone: 'UTC',
      every: { n: 1, unit: 'days' },
      from: SENDER,
      template: 'welcome',
      group: 'readers',
    }
    const { id } = await jsonOf(await ask('/tasks', { json }))
    const off = (as: string) => ask(`/tasks/${id}/cycle-off`, { method: 'POST', as })
    expect((await off('default/viewer')).status).toBe(403)
    expect(await jsonOf(await off('default/sender'))).toMatchObject({ state: 'done', nextRun: null })
    expect((await off('default/sender')).status).toBe(200)
  })

  it('GRP-4: a file that breaks off in the middle changes nothing', async () => {
    const { mail, handle } = await aHandler()
    await mail.groups.create({ name: 'readers' })
    let piece = 0
    const body = new ReadableStream({
      pull(controller) {
        piece += 1
        if (piece < 3)
          controller.enqueue(new TextEncoder().encode(piece === 1 ? 'email,name\n' : 'ann@example.org,Ann\n'))
        else controller.error(new Error('connection lost'))
      },
    })
    const headers = { 'x-caller': 'default/sender', 'content-type': 'text/csv' }
    const url = 'http://app.example/groups/readers/import'
    const response = await handle(new Request(url, { method: 'POST', body, headers, duplex: 'half' }))
    expect(response.status).toBe(408)
    expect(await mail.groups.get('readers')).toMatchObject({ state: 'empty' })
  })

  it('a file of another type, or with a fault, is refused', async () => {
    const { ask, mail } = await aHandler()
    await mail.groups.create({ name: 'readers' })
    const put = (body: string, headers: Record<string, string>, query = '') =>
      ask(`/groups/readers/import${query}`, { method: 'POST', body, headers })
    expect(await refusalOf(await put(csv, {}))).toEqual([415, 'CONTENT_TYPE_UNSUPPORTED'])
    expect(await refusalOf(await put('email,name\n"ann', asCsv))).toEqual([400, 'CSV_ROW_INVALID'])
    expect(await refusalOf(await put(csv, asCsv, '?mode=merge'))).toEqual([400, 'INPUT_INVALID'])
    expect(await mail.groups.get('readers')).toMatchObject({ state: 'empty' })
  })
})

describe('what mail is made of', () => {
  it('templates, senders and domains are made and listed', async () => {
    const { ask } = await aHandler()
    expect((await ask('/templates', { json: { name: 'plain', text: 'Hi {{name}}' } })).status).toBe(201)
    expect(await jsonOf(await ask('/templates/plain'))).toMatchObject({ type: 'text', variables: ['name'] })
    expect((await jsonOf(await ask('/templates'))).items).toHaveLength(2)
    expect((await ask('/senders', { json: { address: 'news@mail.shop.example' } })).status).toBe(201)
    expect((await jsonOf(await ask('/senders?domain=mail.shop.example'))).items).toHaveLength(2)
    const made = await ask('/domains', { json: { name: 'news.shop.example', dkim: 'rsa-1024' } })
    expect(await jsonOf(made)).toMatchObject({ state: 'pending' })
    expect((await jsonOf(await ask('/domains?state=pending'))).items).toHaveLength(1)
    expect(await jsonOf(await ask('/domains/news.shop.example'))).toMatchObject({ trust: 'dns' })
    expect(await refusalOf(await ask('/senders', { json: { address: 'a@news.shop.example' } }))).toEqual([
      422,
      'DOMAIN_NOT_VERIFIED',
    ])
  })

  it('DOM-10: nobody gives a domain the operator’s trust over HTTP', async () => {
    const { ask, mail } = await aHandler()
    const response = await ask('/domains', { json: { name: 'news.shop.example', trust: 'operator' } })
    expect(await jsonOf(response)).toMatchObject({ status: 400, details: { field: 'trust' } })
    expect((await mail.domains.list()).items).toHaveLength(1)
  })
})

describe('health', () => {
  it('is public and says only whether all is well', async () => {
    const { ask, mail, storage } = await aHandler()
    const good = await ask('/health', { as: null })
    expect([good.status, await good.text()]).toEqual([200, '{"ok":true}'])
    await mail.stop()
    await storage.close()
    const bad = await ask('/health', { as: null })
    expect([bad.status, await bad.text()]).toEqual([503, '{"ok":false}'])
  })

  it('is ready until it stops, and alive for as long as it answers', async () => {
    const { ask, mail } = await aHandler()
    const seen = async () => {
      const asked = await Promise.all(['/health/live', '/health/ready'].map((path) => ask(path, { as: null })))
      return Promise.all(asked.map(async (answer) => [answer.status, await answer.text()]))
    }
    const well = [200, '{"ok":true}']
    expect(await seen()).toEqual([well, well])
    const stopping = mail.stop()
    expect(await seen()).toEqual([well, [503, '{"ok":false}']])
    await stopping
  })
})
