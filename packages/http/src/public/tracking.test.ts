import { describe, expect, it } from 'vitest'
import { aHandler, refusalOf } from '../../tests/a-handler.js'
import { aLinkedMail, aStorageThatGoes, changed, READER } from '../../tests/a-linked-mail.js'

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
const forgeries = (path: string, other: string) => {
  const [, place] = path.split('/')
  const tokens = [other.split('/')[2] ?? '', 'x', 'A'.repeat(5_000), '%00', 'https%3A%2F%2Fevil.example%2F', '..%2F..']
  return [changed(path), `${path}A`, ...tokens.map((token) => `/${place}/${token}`)]
}

describe('the pixel', () => {
  it('TRK-1: is the same small image for a true and for a forged token, kept nowhere, shown by any site', async () => {
    const { ask, pixel, clicks, settled, kinds } = await aLinkedMail()
    const answers = []
    for (const path of [pixel, ...forgeries(pixel, clicks[0] ?? '')]) {
      const response = await ask(path, { as: null, headers: READER })
      answers.push(JSON.stringify([response.status, [...response.headers], (await bytesOf(response)).toString('hex')]))
    }
    expect(new Set(answers).size).toBe(1)
    const response = await ask(pixel, { as: null })
    const gif = await bytesOf(response)
    expect([gif.byteLength, gif.subarray(0, 6).toString(), gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([
      43,
      'GIF89a',
      1,
      1,
    ])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/gif',
      'content-length': '43',
      'cache-control': 'no-store, private',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'referrer-policy': 'no-referrer',
    })
    expect(response.headers.getSetCookie()).toEqual([])
    await settled()
    expect((await kinds()).filter((kind) => kind.endsWith('open'))).toEqual(['open', 'machine-open'])
  })

  it.each([
    ['a HEAD request', 'HEAD', READER, 'head-request'],
    ['Sec-Purpose', 'GET', { ...READER, 'sec-purpose': 'prefetch;prerender' }, 'prefetch'],
    ['Purpose', 'GET', { ...READER, purpose: 'prefetch' }, 'prefetch'],
    ['X-Purpose', 'GET', { ...READER, 'x-purpose': 'preview' }, 'prefetch'],
    ['no User-Agent', 'GET', {}, 'no-user-agent'],
    ['a scanner', 'GET', { 'user-agent': 'Mozilla/5.0 (compatible; BarracudaCentral)' }, 'scanner'],
  ])('TRK-3, T13: %s counts as a machine’s', async (_, method, headers, why) => {
    const { ask, pixel, clicks, settled, timeline } = await aLinkedMail()
    for (const path of [pixel, clicks[0] ?? '']) await ask(path, { method, as: null, headers })
    await settled()
    const visits = (await timeline()).slice(2)
    expect(visits.map(({ kind }) => kind).sort()).toEqual(['machine-click', 'machine-open'])
    for (const { detail } of visits) expect(detail).toMatchObject({ verdict: 'machine', why })
  })

  it('TRK-1: is answered while the storage is away, and the open is counted when it is back', async () => {
    const { storage, go } = aStorageThatGoes()
    const { ask, pixel, arrived, kinds } = await aLinkedMail({ storage })
    go(true)
    expect((await bytesOf(await ask(pixel, { as: null, headers: READER }))).byteLength).toBe(43)
    go(false)
    await arrived()
    expect(await kinds()).toContain('open')
  })

  it('tells of what goes wrong inside, and is an image all the same', async () => {
    const cause = new Error('boom')
    const { errors, mail, ask } = await aHandler()
    mail.tracking.open = () => Promise.reject(cause)
    const response = await ask('/o/x', { as: null })
    expect([response.status, (await bytesOf(response)).byteLength, errors]).toEqual([200, 43, [cause]])
  })
})

describe('a link', () => {
  it('TRK-1: leads to what the mail says, by GET and HEAD, and gives the target no address of ours', async () => {
    const { ask, clicks, html } = await aLinkedMail()
    expect(html).not.toContain('https://shop.example/sale')
    const targets = ['https://shop.example/sale?a=1&b=2', 'https://shop.example/of/Ann']
    for (const [at, target] of targets.entries()) {
      for (const method of ['GET', 'HEAD']) {
        const response = await ask(clicks[at] ?? '', { method, as: null, headers: READER })
        expect([response.status, response.headers.get('location')]).toEqual([302, target])
        expect(response.headers.get('referrer-policy')).toBe('no-referrer')
        expect(response.headers.get('cache-control')).toBe('no-store, private')
        expect(response.headers.getSetCookie()).toEqual([])
        expect(await response.text()).toBe('')
      }
    }
  })

  it('TRK-1, T10: changed or foreign leads nowhere: a small page, in the reader’s language', async () => {
    const { ask, pixel, clicks } = await aLinkedMail()
    for (const path of forgeries(clicks[0] ?? '', pixel)) {
      const response = await ask(`${path}?url=https://evil.example/`, {
        as: null,
        headers: { ...READER, 'accept-language': 'de-AT' },
      })
      expect([response.status, response.headers.get('location')]).toEqual([404, null])
      const page = await response.text()
      expect(page).toContain('Dieser Link funktioniert nicht')
      expect(page).not.toContain('evil')
    }
    expect(await refusalOf(await ask(clicks[0] ?? '', { method: 'POST', as: null }))).toEqual([
      405,
      'METHOD_NOT_ALLOWED',
    ])
  })

  it('TRK-1: leads on while the storage is away, where the target is known; else a page says to come again', async () => {
    const { storage, go } = aStorageThatGoes()
    const { ask, clicks, errors, arrived, kinds } = await aLinkedMail({ storage })
    const [listed = '', sealed = ''] = clicks
    go(true)
    const known = await ask(sealed, { as: null, headers: READER })
    expect([known.status, known.headers.get('location')]).toEqual([302, 'https://shop.example/of/Ann'])
    const unknown = await ask(listed, { as: null, headers: READER })
    expect([unknown.status, unknown.headers.get('location')]).toEqual([503, null])
    expect(await unknown.text()).not.toContain('10.0.0.7')
    expect(errors).toMatchObject([{ code: 'STORAGE_UNAVAILABLE' }])
    go(false)
    await arrived()
    expect((await ask(listed, { as: null, headers: READER })).status).toBe(302)
    expect(await kinds()).toContain('click')
  })
})
