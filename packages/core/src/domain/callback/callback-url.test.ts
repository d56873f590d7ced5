import { describe, expect, it } from 'vitest'
import { isMailError } from '../../errors/mail-error.js'
import { CALLBACK_URL_MAX, callbackUrl } from './callback-url.js'

const PORTS = [8080, 8081, 8082]

const refusal = (text: string, ports = PORTS): Readonly<Record<string, unknown>> => {
  try {
    return { accepted: callbackUrl(text, ports) }
  } catch (error) {
    return isMailError(error, 'INPUT_INVALID') ? error.details : { thrown: String(error) }
  }
}

describe('the URL of a callback', () => {
  it.each([
    ['https://hooks.shop.example:8080/mail?key=1', 'https://hooks.shop.example:8080/mail?key=1'],
    ['http://hooks.shop.example:8081', 'http://hooks.shop.example:8081/'],
    ['HTTPS://Hooks.Shop.Example:8082/A', 'https://hooks.shop.example:8082/A'],
    ['https://bücher.example:8080/', 'https://xn--bcher-kva.example:8080/'],
    ['http://127.1:8080/', 'http://127.0.0.1:8080/'],
  ])('CBK-2: %s is kept as %s', (text, kept) => expect(callbackUrl(text, PORTS)).toBe(kept))

  it.each([
    ['https://hooks.shop.example/mail', 'one of the ports 8080, 8081, 8082, written out', 8080],
    ['http://hooks.shop.example/mail', 'one of the ports 8080, 8081, 8082, written out', 8080],
    ['https://hooks.shop.example:443/mail', 'one of the ports 8080, 8081, 8082, written out', 8080],
    ['https://hooks.shop.example:8083/mail', 'one of the ports 8080, 8081, 8082, written out', 8082],
    ['https://hooks.shop.example:22/', 'one of the ports 8080, 8081, 8082, written out', 8080],
  ])('CBK-2: %s is refused for its port, naming the nearest', (text, expected, nearest) =>
    expect(refusal(text)).toEqual({ field: 'url', expected, nearest }),
  )

  it('CBK-2: which ports, the policy says; a standard port need not be written out then', () => {
    expect(callbackUrl('https://hooks.shop.example/', [443, 8443])).toBe('https://hooks.shop.example/')
    expect(callbackUrl('https://hooks.shop.example:8443/', [443, 8443])).toBe('https://hooks.shop.example:8443/')
    expect(refusal('http://hooks.shop.example/', [443])).toMatchObject({ nearest: 443 })
  })

  it.each([
    ['ftp://hooks.shop.example:8080/', 'an http or https URL'],
    ['file:///etc/passwd', 'an http or https URL'],
    ['gopher://hooks.shop.example:8080/', 'an http or https URL'],
    ['//hooks.shop.example:8080/', 'an http or https URL'],
    ['hooks.shop.example:8080', 'an http or https URL'],
    ['http://:8080/', 'an http or https URL'],
    ['http://exa mple:8080/', 'an http or https URL'],
    ['', 'an http or https URL'],
    [`http://hooks.example:8080/${'x'.repeat(CALLBACK_URL_MAX)}`, 'an http or https URL'],
    ['http://user@hooks.shop.example:8080/', 'a URL without user and password'],
    ['http://:secret@hooks.shop.example:8080/', 'a URL without user and password'],
    ['http://hooks.shop.example:8080/#part', 'a URL without a fragment'],
    ['http://hooks.shop.example:8080/#', 'a URL without a fragment'],
  ])('CBK-2: %s is refused', (text, expected) => expect(refusal(text).expected).toContain(expected))
})
