import { describe, expect, it } from 'vitest'
import { aHandler, DOMAIN, refusalOf, SENDER } from '../../tests/a-handler.js'

const HTML = '<p>Hello &amp; <script>alert(1)</script><img src="cid:logo"><img src="https://tracker.example/p.gif"></p>'
const LOGO = Buffer.from('the picture')

/** A service in development that has sent one mail, and how a browser on the same machine asks for it. */
async function aDevHost(options: Parameters<typeof aHandler>[0] = {}) {
  const all = await aHandler({ ...options, service: { dev: true, ...options.service } })
  const { mail, handle } = all
  const sent = await mail.send({
    from: SENDER,
    to: ['ann@example.org'],
    subject: 'Grüße <b>&</b>',
    html: HTML,
    text: 'Hello <you>',
    attachments: [{ name: 'logo.png', content: LOGO, contentType: 'image/png', cid: 'logo' }],
  })
  await mail.tick()
  const ask = (path: string, init: RequestInit = {}, host = 'localhost:3000') =>
    handle(new Request(`http://${host}${path}`, init))
  return { ...all, ask, id: sent.messages[0]?.id ?? '' }
}

describe('the development inbox', () => {
  it('HOST-3: is not there without dev: true', async () => {
    const { handle, mail } = await aHandler()
    expect(mail.inbox).toBeNull()
    for (const method of ['GET', 'POST']) {
      const response = await handle(new Request('http://localhost/dev', { method }))
      expect(await refusalOf(response)).toEqual([404, 'ROUTE_UNKNOWN'])
    }
  })

  it('HOST-3: lists what was kept, at <mount>/dev, and shows one mail', async () => {
    const { ask, id } = await aDevHost({ basePath: '/mail' })
    const list = await (await ask('/mail/dev')).text()
    expect(list).toContain('ann@example.org')
    expect(list).toContain(`<a href="?mail=${id}">Grüße &#60;b&#62;&#38;&#60;/b&#62;</a>`)
    const page = await (await ask(`/mail/dev/?mail=${id}`)).text()
    expect(page).toContain(`<iframe sandbox title="The HTML of this mail" src="?mail=${id}&#38;as=html">`)
    expect(page).toContain('Hello &#60;you&#62;')
    const source = await ask(`/mail/dev?mail=${id}&as=source`)
    expect(source.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await source.text()).toMatch(/^(?:[\w-]+:|Received)/)
    expect(await refusalOf(await ask('/mail/dev?mail=unknown'))).toEqual([404, 'NOT_FOUND'])
  })

  it('HOST-3: tells the console the same as JSON, the HTML of a mail by its own address', async () => {
    const { ask, id, mail } = await aDevHost()
    const list = await ask('/dev?as=json')
    expect(list.headers.get('content-type')).toBe('application/json')
    const facts = { id, from: expect.any(String), to: ['ann@example.org'], subject: 'Grüße <b>&</b>' }
    expect(await list.json()).toEqual({ items: [{ ...facts, at: expect.any(Number) }] })
    expect(await (await ask(`/dev?mail=${id}&as=json`)).json()).toEqual({
      ...facts,
      at: expect.any(Number),
      text: 'Hello <you>\n',
      html: true,
      attachments: [{ name: 'logo.png', type: 'image/png', bytes: LOGO.byteLength }],
    })
    expect(await refusalOf(await ask('/dev?as=json', {}, 'app.example'))).toEqual([403, 'FORBIDDEN'])
    mail.inbox?.get(id)?.content.fill(0)
    expect(await (await ask(`/dev?mail=${id}&as=json`)).json()).toMatchObject({ subject: '', html: false })
  })

  it('HOST-3, T18: the HTML of a mail runs, sends and loads nothing', async () => {
    const { ask, id } = await aDevHost()
    const framed = await ask(`/dev?mail=${id}&as=html`)
    const policy = framed.headers.get('content-security-policy')?.split('; ') ?? []
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", 'sandbox', 'img-src data:', "form-action 'none'"]),
    )
    expect(policy.join()).not.toContain('allow-')
    const html = await framed.text()
    expect(html).toContain(`<img src="data:image/png;base64,${LOGO.toString('base64')}">`)
    for (const path of ['/dev', `/dev?mail=${id}`]) {
      const outer = await ask(path)
      expect(outer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(await outer.text()).not.toContain('<script')
    }
  })

  it.each(['localhost', 'app.localhost:3000', '127.0.0.1:3000', '127.8.9.10', '[::1]:3000', '2130706433'])(
    'HOST-3: is shown to who asks for %s',
    async (host) => {
      const { ask } = await aDevHost()
      expect((await ask('/dev', {}, host)).status).toBe(200)
    },
  )

  it.each(['app.example', '192.168.1.5:3000', 'localhost.evil.example', '127.0.0.1.nip.io', 'notlocalhost', '0.0.0.0'])(
    'HOST-3: is refused to who asks for %s (DNS rebinding)',
    async (host) => {
      const { ask, mail } = await aDevHost()
      for (const init of [{}, { method: 'POST' }])
        expect(await refusalOf(await ask('/dev', init, host))).toEqual([403, 'FORBIDDEN'])
      expect(await refusalOf(await ask('/dev', { headers: { host } }))).toEqual([403, 'FORBIDDEN'])
      const forwarded = { 'x-forwarded-host': `localhost, ${host}` }
      expect(await refusalOf(await ask('/dev', { headers: forwarded }))).toEqual([403, 'FORBIDDEN'])
      expect(mail.inbox?.list()).toHaveLength(1)
    },
  )

  it('HOST-3: is refused where the Host is none at all', async () => {
    const { ask } = await aDevHost()
    expect((await ask('/dev', { headers: { host: 'evil example' } })).status).toBe(403)
  })

  it('HOST-3: is cleared by its button, and not by a page of another site', async () => {
    const { ask, mail } = await aDevHost()
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' },
    ])
      expect(await refusalOf(await ask('/dev', { method: 'POST', headers }))).toEqual([403, 'CROSS_ORIGIN'])
    expect(mail.inbox?.list()).toHaveLength(1)
    const pressed = await ask('/dev', {
      method: 'POST',
      headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' },
    })
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '?'])
    expect(mail.inbox?.list()).toEqual([])
    expect(await (await ask('/dev')).text()).toContain('No mail yet')
  })

  it('HOST-3: what cannot be taken apart has a page, and its source', async () => {
    const { ask, mail, id } = await aDevHost()
    const kept = mail.inbox?.get(id)
    kept?.content.fill(0)
    expect((await ask('/dev')).status).toBe(200)
    expect((await ask(`/dev?mail=${id}`)).status).toBe(200)
    expect((await ask(`/dev?mail=${id}&as=source`)).status).toBe(200)
  })

  it(`HOST-3: shows the links of ${DOMAIN} as they are: a click goes nowhere by itself`, async () => {
    const { ask, id } = await aDevHost()
    const page = await ask(`/dev?mail=${id}`)
    expect(page.headers.get('content-security-policy')).toContain("frame-src 'self'")
  })
})
