import { describe, expect, it } from 'vitest'
import { aService, DAY, DOMAIN, opened, SENDER, START, settle } from './a-service.js'

const MAIL = 'https://app.example/mail'
const READER = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0' }
const HTML =
  '<body>Hello {{name}}, <a href="https://shop.example/">shop</a> or <a href="{{unsubscribe_url}}">no</a></body>'

describe('statistics.tracking', () => {
  it('STA-1: openUsers are distinct people in the range, uniqueOpens messages; clicks likewise; unsubscribes are counted', async () => {
    const service = await aService()
    const { mail, clock, transport } = service
    await mail.templates.create({ name: 'news', subject: 'News', html: HTML })
    await mail.statistics.settings.setAccount({ opens: true, clicks: true })
    const send = async (to: string) => {
      await mail.send({ from: SENDER, to, template: 'news', variables: { name: to } })
      await settle(service)
      const { html = '' } = await opened(transport.messages.at(-1)?.content ?? new Uint8Array())
      const token = (path: string) => new RegExp(`${MAIL}/${path}/([\\w.~-]+)`).exec(html)?.[1] ?? ''
      return { open: token('o'), click: token('c'), unsubscribe: token('unsubscribe') }
    }
    const monday = await send('ann@a.example')
    const again = await send('Ann@A.example')
    const other = await send('bob@b.example')
    await send('cid@b.example')
    await clock.stepBy(DAY)
    const tuesday = await send('ann@a.example')
    await clock.stepBy(60_000)
    for (const { open } of [monday, monday, again, other, tuesday]) await mail.tracking.open(open, READER)
    for (const { click } of [monday, again, other]) await mail.tracking.click(click, READER)
    expect(await mail.unsubscribes.confirm(other.unsubscribe)).toBe(true)
    await settle(service, clock.now() + 60_000)
    const figures = async (from: number, to: number, by: 'domain' | 'recipientDomain' | 'day' = 'domain') =>
      (await mail.statistics.tracking({ from, to, by: [by], users: true })).items
    const midnight = START - 9 * 3_600_000
    expect(await figures(midnight, midnight + DAY)).toMatchObject([
      {
        domain: DOMAIN,
        counts: {
          delivered: 4,
          opens: 4,
          uniqueOpens: 3,
          openUsers: 2,
          clicks: 3,
          uniqueClicks: 3,
          clickUsers: 2,
          unsubscribes: 1,
          complaints: 0,
        },
      },
    ])
    expect(await figures(midnight, midnight + 2 * DAY)).toMatchObject([
      { counts: { delivered: 5, opens: 5, uniqueOpens: 4, openUsers: 2 } },
    ])
    expect(await figures(midnight + DAY, midnight + 2 * DAY, 'recipientDomain')).toMatchObject([
      { recipientDomain: 'a.example', counts: { delivered: 1, uniqueOpens: 1, openUsers: 1, clickUsers: 0 } },
    ])
  })
})
