import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../tests/a-handler.js'
import { aLinkedMail, aStorageThatGoes, changed } from '../../tests/a-linked-mail.js'
import { aStalledRequest } from '../../tests/a-stalled-body.js'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const oneClick = { method: 'POST', as: null, body: 'List-Unsubscribe=One-Click', headers: form } as const

/** How the last unsubscribe was recorded. */
async function viaOf({ settled, timeline }: Pick<Awaited<ReturnType<typeof aLinkedMail>>, 'settled' | 'timeline'>) {
  await settled()
  return (await timeline()).filter(({ kind }) => kind === 'unsubscribe').at(-1)?.detail
}

const multipart = (boundary: string, ending: string) => ({
  headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  body: [
    `--${boundary}`,
    'Content-Disposition: form-data; name="List-Unsubscribe"',
    '',
    'One-Click',
    `--${boundary}--${ending}`,
  ].join('\r\n'),
})

describe('the unsubscribe link', () => {
  it('TRK-3: GET and HEAD show a page and change nothing, however often, and whatever they say', async () => {
    const { ask, unsubscribe, rejects } = await aLinkedMail()
    for (let time = 0; time < 20; time += 1) {
      const said = `${unsubscribe}?do=unsubscribe&List-Unsubscribe=One-Click`
      expect((await ask(said, { as: null, headers: form })).status).toBe(200)
      const head = await ask(unsubscribe, { as: null, method: 'HEAD' })
      expect([head.status, await head.text()]).toEqual([200, ''])
    }
    expect(await rejects()).toEqual([])
  })

  it('TRK-3: the page says whose mail it was, asks by a form without scripts, and names no address', async () => {
    const { ask, unsubscribe } = await aLinkedMail()
    const page = await ask(unsubscribe, { as: null })
    const html = await page.text()
    expect(html).toContain('<html lang="en" dir="ltr">')
    expect(html).toContain('<bdi>mail.shop.example</bdi>')
    expect(html).toContain('<form method="post"><button name="do" value="unsubscribe">Unsubscribe</button></form>')
    for (const never of ['<script', 'ann@example.org', 'http://', 'https://', 'url(']) expect(html).not.toContain(never)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.getSetCookie()).toEqual([])
  })

  it('TRK-3, T12: the one-click POST of RFC 8058 acts at once, without sign-in, cookie or redirect, also twice', async () => {
    const { ask, unsubscribe, rejects, mail, news, settled, timeline } = await aLinkedMail()
    for (let time = 0; time < 2; time += 1) {
      const response = await ask(unsubscribe, oneClick)
      expect([response.status, response.headers.get('location')]).toEqual([200, null])
      expect(response.headers.getSetCookie()).toEqual([])
      expect(await rejects()).toMatchObject([{ senderDomain: 'mail.shop.example' }])
    }
    await expect(mail.send(news)).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
    expect(await viaOf({ settled, timeline })).toEqual({ via: 'one-click' })
  })

  it.each([
    ['multipart', multipart('---FormBoundaryjWmhtjORrn', '\r\n'), 'one-click'],
    ['multipart without a last line end', multipart('x', ''), 'one-click'],
    [
      'a form that names no type',
      { headers: {}, body: new TextEncoder().encode('List-Unsubscribe=One-Click') },
      'one-click',
    ],
    ['JSON', { headers: { 'content-type': 'application/json' }, body: '{"List-Unsubscribe":"One-Click"}' }, 'page'],
    ['multipart that never ends', { ...multipart('x', ''), body: '--x\r\nContent-Disposition: form-data; na' }, 'page'],
    ['bytes without sense', { headers: form, body: new Uint8Array([0, 255, 37, 37, 13]) }, 'page'],
    ['far too much', { headers: form, body: 'x'.repeat(100_000) }, 'page'],
    ['nothing', { headers: {}, body: '' }, 'page'],
    [
      'one click that would also subscribe',
      { headers: form, body: 'do=subscribe&List-Unsubscribe=One-Click' },
      'one-click',
    ],
  ])('TRK-3: unsubscribes also by %s', async (_, sent, via) => {
    const { ask, unsubscribe, rejects, settled, timeline } = await aLinkedMail()
    const response = await ask(unsubscribe, { method: 'POST', as: null, ...sent })
    expect(response.status).toBe(200)
    expect(await rejects()).toHaveLength(1)
    expect(await viaOf({ settled, timeline })).toEqual({ via })
  })

  it('TRK-3, T29: waits no longer than five seconds for a body, and acts all the same', async () => {
    const { handle, unsubscribe, rejects } = await aLinkedMail()
    const stalled = aStalledRequest(`https://app.example${unsubscribe}`, form)
    const { response, timers } = await stalled.answeredAfter(5_000, handle)
    expect([response.status, timers]).toEqual([200, 0])
    expect(await rejects()).toHaveLength(1)
  })

  it('TRK-3, BLK-3: the page’s buttons, posted by a browser as a form, unsubscribe and subscribe again', async () => {
    const { ask, unsubscribe, rejects, settled, timeline } = await aLinkedMail()
    const headers = { ...form, origin: 'null', cookie: 'a=b', 'sec-fetch-site': 'same-origin' }
    const press = async (body: string) =>
      (await ask(`${unsubscribe}?lang=ar`, { method: 'POST', as: null, body, headers })).text()
    const done = await press('do=unsubscribe')
    expect(done).toContain('<html lang="ar" dir="rtl">')
    expect(done).toContain('<button name="do" value="subscribe">إعادة الاشتراك</button>')
    expect(await viaOf({ settled, timeline })).toEqual({ via: 'page' })
    for (const _ of [1, 2]) expect(await press('do=subscribe')).toContain('تمت إعادة اشتراكك')
    expect(await rejects()).toEqual([])
  })

  it('TRK-3: a changed token does nothing', async () => {
    const { ask, unsubscribe, pixel, rejects } = await aLinkedMail()
    const foreign = `/unsubscribe/${pixel.split('/')[2]}`
    for (const forged of [changed(unsubscribe), foreign, '/unsubscribe/x', `/unsubscribe/${'A'.repeat(5_000)}`]) {
      expect((await ask(forged, { as: null })).status).toBe(404)
      for (const body of ['do=subscribe', oneClick.body])
        expect((await ask(forged, { ...oneClick, body })).status).toBe(404)
    }
    expect(await rejects()).toEqual([])
  })

  it('a storage that is away: a page that says so, a status that lets programs come again, and nothing told of it', async () => {
    const { storage, go } = aStorageThatGoes()
    const { ask, unsubscribe, errors, rejects } = await aLinkedMail({ storage })
    go(true)
    for (const asked of [{ as: null, headers: { 'accept-language': 'ja' } }, oneClick]) {
      const response = await ask(unsubscribe, asked)
      const html = await response.text()
      expect(response.status).toBe(503)
      expect(html).toContain('<html lang=')
      expect(html).not.toContain('10.0.0.7')
    }
    expect(errors).toMatchObject([{ code: 'STORAGE_UNAVAILABLE' }, { code: 'STORAGE_UNAVAILABLE' }])
    go(false)
    expect((await ask(unsubscribe, oneClick)).status).toBe(200)
    expect(await rejects()).toHaveLength(1)
  })

  it('takes no other method', async () => {
    const { ask, unsubscribe } = await aLinkedMail()
    const response = await ask(unsubscribe, { method: 'DELETE' })
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST')
    expect(await refusalOf(response)).toEqual([405, 'METHOD_NOT_ALLOWED'])
  })
})
