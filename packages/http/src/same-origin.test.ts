import { isMailError } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aHandler, refusalOf, welcome } from '../tests/a-handler.js'
import { refuseOtherSites } from './same-origin.js'

const passes = (headers: Record<string, string>): boolean => {
  try {
    refuseOtherSites(new Request('http://app.example:8080/send', { method: 'POST', headers }))
    return true
  } catch (error) {
    if (isMailError(error, 'CROSS_ORIGIN')) return false
    throw error
  }
}

describe('writes from other sites', () => {
  it.each([
    ['a program without anything of a browser', {}, true],
    ['the same origin', { origin: 'http://app.example:8080', cookie: 'a=b' }, true],
    ['the same host behind TLS', { origin: 'https://app.example:8080' }, true],
    ['a page of the same origin, by the browser’s word', { 'sec-fetch-site': 'same-origin', cookie: 'a=b' }, true],
    ['the person', { 'sec-fetch-site': 'none', cookie: 'a=b' }, true],
    ['a page that sets the header', { origin: 'https://evil.example', 'x-mailwright-request': '1' }, true],
    ['another site', { origin: 'https://evil.example', cookie: 'a=b' }, false],
    ['another port', { origin: 'http://app.example' }, false],
    ['a sandboxed frame', { origin: 'null', cookie: 'a=b' }, false],
    ['a subdomain, by the browser’s word', { 'sec-fetch-site': 'same-site', origin: 'http://app.example:8080' }, false],
    ['another site, by the browser’s word', { 'sec-fetch-site': 'cross-site' }, false],
    ['a cookie without any origin', { cookie: 'a=b' }, false],
  ])('%s: %o', (_, headers, expected) => {
    expect(passes(headers)).toBe(expected)
  })

  it('are refused before anything is stored; reading is not', async () => {
    const { ask, mail } = await aHandler()
    const headers = { origin: 'https://evil.example', cookie: 'session=1' }
    expect(await refusalOf(await ask('/send', { json: welcome, headers }))).toEqual([403, 'CROSS_ORIGIN'])
    expect((await mail.deliveries.messages()).items).toEqual([])
    expect((await ask('/deliveries/messages', { headers })).status).toBe(200)
  })
})
