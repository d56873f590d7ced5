import { expect, it } from 'vitest'
import { whatIsOff } from './what-is-off.js'

const OFF = { opens: false, clicks: false }
const shop = { domain: 'mail.shop.example', opens: true, clicks: false }
const news = { domain: 'news.shop.example', opens: false, clicks: false }

it('TRK-2: what no domain counts is off, and of one domain what it does not count', () => {
  expect(whatIsOff(OFF, [shop, news], '')).toEqual({ opens: false, clicks: true })
  expect(whatIsOff(OFF, [shop, news], 'news.shop.example')).toEqual({ opens: true, clicks: true })
})

it('TRK-2: without domains the account says it, since a new domain takes its switches', () => {
  expect(whatIsOff({ opens: true, clicks: false }, [], '')).toEqual({ opens: false, clicks: true })
})
