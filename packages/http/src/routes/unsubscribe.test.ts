import { describe, expect, it } from 'vitest'
import { aHandler, refusalOf, welcome } from '../../tests/a-handler.js'

/** A mail of a batch has been sent; the path of its unsubscribe link below the mount. */
async function aMailWithLink() {
  const all = await aHandler()
  const { mail, transport } = all
  await mail.groups.create({ name: 'readers' })
  await mail.groups.importCsv('readers', 'email,name\nann@example.org,Ann\n')
  await mail.tasks.create({ type: 'immediate', from: welcome.from, template: 'welcome', group: 'readers' })
  await mail.tick()
  const content = Buffer.from(transport.messages[0]?.content ?? []).toString()
  const header = /^List-Unsubscribe: ((?:.*(?:\r\n[ \t])?)*)/im.exec(content)?.[1]?.replace(/\r\n[ \t]/g, '') ?? ''
  const path = /<https:\/\/app\.example\/mail(\/unsubscribe\/[^>]+)>/.exec(header)?.[1] ?? ''
  const rejects = async () => (await mail.blocklist.lookup('ann@example.org')).rejects
  return { ...all, path, rejects }
}

const oneClick = {
  method: 'POST',
  as: null,
  body: 'List-Unsubscribe=One-Click',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
} as const

describe('the unsubscribe link', () => {
  it('TRK-3: GET and HEAD show a page and change nothing, however often', async () => {
    const { ask, path, rejects } = await aMailWithLink()
    expect(path).not.toBe('')
    for (let time = 0; time < 50; time += 1) {
      const page = await ask(path, { as: null })
      expect(page.status).toBe(200)
      const head = await ask(path, { as: null, method: 'HEAD' })
      expect([head.status, await head.text()]).toEqual([200, ''])
    }
    expect(await rejects()).toEqual([])
  })

  it('TRK-3: the page says whose mail it was, asks by a form without scripts, and names no address', async () => {
    const { ask, path } = await aMailWithLink()
    const page = await ask(path, { as: null })
    const html = await page.text()
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('mail.shop.example')
    expect(html).toContain('<form method="post"><button type="submit">')
    for (const never of ['<script', 'ann@example.org', 'http://', 'https://']) expect(html).not.toContain(never)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.getSetCookie()).toEqual([])
  })

  it('TRK-3, T12: the one-click POST of RFC 8058 acts at once, without sign-in, cookie or redirect, also twice', async () => {
    const { ask, path, rejects, mail } = await aMailWithLink()
    for (let time = 0; time < 2; time += 1) {
      const response = await ask(path, oneClick)
      expect([response.status, response.headers.get('location')]).toEqual([200, null])
      expect(response.headers.getSetCookie()).toEqual([])
      expect(await rejects()).toMatchObject([{ senderDomain: 'mail.shop.example' }])
    }
    await expect(mail.send(welcome)).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
  })

  it('TRK-3: the page’s button, a form posted from a browser, does the same', async () => {
    const { ask, path, rejects } = await aMailWithLink()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'null', cookie: 'a=b' }
    const response = await ask(path, { method: 'POST', as: null, body: '', headers })
    expect(await response.text()).toContain('You are unsubscribed')
    expect(await rejects()).toHaveLength(1)
  })

  it('TRK-3: a changed token does nothing', async () => {
    const { ask, path, rejects } = await aMailWithLink()
    const last = path.at(-1) === 'A' ? 'Q' : 'A'
    for (const forged of [`${path.slice(0, -1)}${last}`, '/unsubscribe/x', `/unsubscribe/${'A'.repeat(5_000)}`]) {
      expect((await ask(forged, { as: null })).status).toBe(404)
      expect((await ask(forged, oneClick)).status).toBe(404)
    }
    expect(await rejects()).toEqual([])
  })

  it('takes no other method', async () => {
    const { ask, path } = await aMailWithLink()
    const response = await ask(path, { method: 'DELETE' })
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST')
    expect(await refusalOf(response)).toEqual([405, 'METHOD_NOT_ALLOWED'])
  })
})
