import { expect, it } from 'vitest'
import { targetPage } from './target-page.js'

it.each([
  ['domains.verify', 'domain', 'mail.shop.example', ['domains', 'mail.shop.example']],
  ['tasks.pause', 'id', '0193', ['tasks', '0193']],
  ['callbacks.delete', 'id', '0193', null],
  ['senders.delete', 'sender', '…@mail.shop.example', null],
  ['apiKeys.revoke', 'key', 'abc', null],
])('%s of %s %s leads to %j', (verb, name, value, page) => {
  expect(targetPage(verb, name, value)).toEqual(page)
})
