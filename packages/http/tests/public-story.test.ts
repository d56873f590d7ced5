import { describe, expect, it } from 'vitest'
import { aLinkedMail, READER } from './a-linked-mail.js'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe('one mail and its reader', () => {
  it('TRK-1, TRK-3, TRG-4, BLK-3: opens, follows a link, unsubscribes by the link in the text, comes back, and leaves by one click', async () => {
    const { ask, mail, news, pixel, clicks, unsubscribe, visible, settled, kinds, timeline, rejects } =
      await aLinkedMail({ basePath: '/mail' })
    expect(visible).toEqual([unsubscribe, unsubscribe])
    const at = (path: string) => `/mail${path}`

    expect((await ask(at(pixel), { as: null, headers: READER })).status).toBe(200)
    await settled()
    const led = await ask(at(clicks[0] ?? ''), { as: null, headers: READER })
    expect([led.status, led.headers.get('location')]).toEqual([302, 'https://shop.example/sale?a=1&b=2'])
    await settled()
    expect(await kinds()).toEqual(['accepted', 'delivered', 'open', 'click'])

    const press = async (body: string) => {
      await settled()
      return ask(at(unsubscribe), { method: 'POST', as: null, body, headers: form })
    }
    expect(await (await ask(at(unsubscribe), { as: null })).text()).toContain('Do you no longer want')
    expect(await rejects()).toEqual([])
    expect(await (await press('do=unsubscribe')).text()).toContain('You have been unsubscribed')
    expect(await rejects()).toMatchObject([{ senderDomain: 'mail.shop.example', reason: 'unsubscribed' }])
    await expect(mail.send(news)).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
    expect(await (await ask(at(unsubscribe), { as: null })).text()).toContain('You are already unsubscribed')

    expect(await (await press('do=subscribe')).text()).toContain('You are subscribed again')
    expect(await rejects()).toEqual([])
    expect((await mail.send(news)).messages).toMatchObject([{ state: 'accepted' }])

    expect((await press('List-Unsubscribe=One-Click')).status).toBe(200)
    expect(await rejects()).toHaveLength(1)
    await settled()
    const later = (await timeline()).filter(({ kind }) => kind === 'unsubscribe' || kind === 'resubscribe')
    expect(later.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['unsubscribe', { via: 'page' }],
      ['resubscribe', { lifted: 'unsubscribed' }],
      ['unsubscribe', { via: 'one-click' }],
    ])
  })
})
