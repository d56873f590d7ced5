import type { DeliveriesCsvInput, MessageView, ProviderEvent } from '@mailwright/core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { FROM, type SampleService } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole } from './a-console.js'
import { downloaded, whole } from './a-download.js'
import { aSentService } from './a-sent-service.js'
import { choose } from './choose.js'

type Mail = SampleService['mail']

const rowsOf = (page: Page, table: string) => page.getByRole('table', { name: table, exact: true }).getByRole('row')

/** Waits until a table has so many rows, all of which are read. */
const counts = (page: Page, count: number) =>
  page.getByText(count === 1 ? '1 row' : `${count} rows`, { exact: true }).waitFor()

const saved = async (page: Page, mail: Mail, question: DeliveriesCsvInput) =>
  expect(await downloaded(page)).toBe(await whole(mail.deliveries.exportCsv(question)))

const messageTo = async (mail: Mail, recipient: string): Promise<MessageView> => {
  const [message] = (await mail.deliveries.messages({ recipient })).items
  if (message === undefined) throw new Error(`no mail to ${recipient}`)
  return message
}

/** What a provider reports of a mail. */
const reports = (mail: Mail, message: string, ...happened: readonly ProviderEvent['happened'][]) => {
  const events = happened.map(
    (one, at): ProviderEvent => ({ key: `${message} ${at}`, at: Date.now(), message, recipient: null, happened: one }),
  )
  return mail.ingest.provider('toy', { headers: {}, body: JSON.stringify(events) })
}

needs('chromium')('the real-time queue in the console', () => {
  const sum = (page: Page, label: string) =>
    page
      .locator('dl > div')
      .filter({ has: page.getByText(label, { exact: true }) })
      .locator('dd')

  it('DLV-1: shows what happened and what waits, and a new mail by itself', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService() })
    await go('queue')
    await page.getByText('Live', { exact: true }).waitFor()
    await expect.poll(() => sum(page, 'Sent').innerText()).toBe('302')
    expect(await sum(page, 'Bounced').innerText()).toBe('8')
    await page.getByRole('heading', { name: 'Queued now: 8' }).waitFor()
    await page.getByRole('img', { name: /^Mails over time/ }).waitFor()
    await keepScreenshot({ page }, 'queue')
    await mail.send({ from: FROM, to: ['new@example.org'], subject: 'Hello', text: 'Hello' })
    await mail.tick()
    await expect.poll(() => sum(page, 'Sent').innerText()).toBe('303')
    expect(troubles).toEqual([])
  })

  it('DLV-1: is narrowed by sender domain, recipient domain and range, which stand in its address', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService() })
    await go('queue')
    await page.getByRole('textbox', { name: 'Recipient domain' }).fill('example.net')
    const { series } = await mail.deliveries.queueStatus({ recipientDomains: ['example.net'] })
    const sent = series.reduce((all, point) => all + point.sent, 0)
    await expect.poll(() => sum(page, 'Sent').innerText()).toBe(String(sent))
    await choose(page, 'Range', '48 hours')
    await expect.poll(() => page.url()).toContain('recipientDomain=example.net&minutes=2880')
    await expect.poll(() => sum(page, 'Sent').innerText()).toBe(String(sent))
    await choose(page, 'Sender domain', 'news.shop.example')
    await expect.poll(() => sum(page, 'Sent').innerText()).toBe('0')
    await page.getByText('Nothing happened in this range.').waitFor()
    await page.getByText('Nothing waits.').waitFor()
    expect(troubles).toEqual([])
  })

  it('DLV-1: is read every ten seconds while no stream comes through, and live again afterwards', async () => {
    const { page, go } = await aConsole({ service: await aSentService() })
    await page.route('**/deliveries/live?*', (route) => route.fulfill({ status: 502, body: 'bad gateway' }))
    await go('queue')
    await page.getByText('Read every ten seconds').waitFor()
    await expect.poll(() => sum(page, 'Sent').innerText()).toBe('302')
    await page.unroute('**/deliveries/live?*')
    await page.getByText('Live', { exact: true }).waitFor()
  })
})

needs('chromium')('email status in the console', () => {
  it('DLV-2: a mail is found by its recipient, and tells its whole life with the raw reply', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService() })
    const bounced = (await mail.deliveries.bounces({ limit: 1 })).items[0]
    await go('messages')
    await page.getByRole('textbox', { name: 'Recipient address' }).fill(bounced?.recipient ?? '')
    await counts(page, 1)
    expect(page.url()).toContain('recipient=gone')
    await saved(page, mail, { list: 'messages', recipient: bounced?.recipient })
    await page.getByRole('link', { name: bounced?.recipient ?? '' }).click()
    await page.getByRole('heading', { level: 1, name: 'What happened to this mail' }).waitFor()
    await page.getByText('550 5.1.1 no such user', { exact: true }).waitFor()
    await page.getByText('Reason: The address does not exist').waitFor()
    await page.getByText('SendStatus 0 · DeliverStatus 3').waitFor()
    await page.getByText(bounced?.message ?? '', { exact: true }).waitFor()
    expect(await page.getByRole('link', { name: 'voucher', exact: true }).getAttribute('href')).toBe(
      `#/templates/${bounced?.template}`,
    )
    expect(await page.getByRole('link', { name: 'Spring vouchers' }).getAttribute('href')).toBe(
      `#/tasks/${bounced?.task}`,
    )
    await keepScreenshot({ page }, 'message')
    await page.getByRole('link', { name: 'All mail to this address' }).click()
    await counts(page, 1)
    expect(await page.getByRole('textbox', { name: 'Recipient address' }).inputValue()).toBe(bounced?.recipient)
    expect(troubles).toEqual([])
  })

  it('DLV-2: what its recipient did stands in words, and more of it appears by itself', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService() })
    const { id, lastAt } = await messageTo(mail, 'ann@example.org')
    await go(`messages/${id}`)
    await page.getByText('Accepted: stored here').waitFor()
    // A person is not quicker than that (TRK-3).
    await expect.poll(() => Date.now() - lastAt, { timeout: 10_000 }).toBeGreaterThan(2_100)
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0'
    await reports(mail, id, { type: 'clicked', userAgent, link: 'https://shop.example/' }, { type: 'unsubscribed' })
    await mail.tick()
    for (const text of ['A person clicked a link', 'Link: https://shop.example/', 'Unsubscribed', 'clicked', 'opened'])
      await page.getByText(text, { exact: true }).waitFor()
    expect(troubles).toEqual([])
  })

  it('DLV-2: the list goes by task and days, and on as one scrolls', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService() })
    const task = (await mail.tasks.list()).items.find(({ name }) => name === 'Spring vouchers')?.id ?? ''
    await go(`messages?task=${task}`)
    await page.getByText('Only the mail of the task Spring vouchers is shown.').waitFor()
    const table = page.getByRole('table', { name: 'Email status' })
    await expect
      .poll(
        async () => {
          await table.press('End')
          return page.getByText('300 rows', { exact: true }).count()
        },
        { timeout: 20_000 },
      )
      .toBe(1)
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect.poll(() => page.url()).not.toContain('task')
    await page.getByRole('button', { name: 'Today' }).click()
    await expect.poll(() => page.url()).toContain('from=')
    await page.getByLabel('To').fill('2020-01-31')
    await page.getByLabel('From').fill('2020-01-01')
    await page.getByText('No mail found').waitFor()
    expect(troubles).toEqual([])
  })

  it('a mail that there is not is said to be none', async () => {
    const { page, go } = await aConsole({ empty: true })
    await go('messages/nobodys')
    await page.getByRole('alert').getByText('NOT_FOUND').waitFor()
  })
})

needs('chromium')('opens and clicks in the console', () => {
  it('DLV-3, TRK-3: both are listed, those of programs when asked, with how they are known', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService() })
    const { id } = await messageTo(mail, 'bob@example.net')
    await reports(mail, id, { type: 'opened', userAgent: 'curl/8.5.0' })
    await mail.tick()
    await go('visits')
    const opens = (await mail.deliveries.opens({ limit: 1_000 })).items.length
    const all = (await mail.deliveries.opens({ limit: 1_000, machines: true })).items.length
    await (opens === 0 ? page.getByText('None in these days').waitFor() : counts(page, opens))
    await page.getByRole('switch', { name: 'Show those by programs, too' }).click()
    await counts(page, all)
    const row = page.getByRole('row').filter({ hasText: 'bob@example.net' })
    await row.getByText('a program').waitFor()
    await row.getByText('curl/8.5.0').waitFor()
    await saved(page, mail, { list: 'opens', machines: true })
    await page.getByRole('radio', { name: 'Opens' }).press('ArrowRight')
    await page.getByText('https://shop.example/redeem').first().waitFor()
    await saved(page, mail, { list: 'clicks', machines: true })
    await page.getByLabel('Email sent: To').fill('2020-01-31')
    await page.getByText('None in these days').waitFor()
    expect(page.url()).toContain('sentTo=2020-01-31')
    expect(troubles).toEqual([])
  })
})

needs('chromium')('bounces, spam reports and unsubscribes in the console', () => {
  it('DLV-3: bounces say how hard, why and in which words, and lead to the blocklist', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService() })
    await go('bounces')
    await counts(page, 8)
    const first = (await mail.deliveries.bounces({ limit: 1 })).items[0]
    const row = rowsOf(page, 'Bounces').filter({ hasText: first?.recipient ?? '' })
    for (const text of ['Hard: will not work', 'The address does not exist', '550 5.1.1 no such user', 'voucher'])
      await row.getByText(text, { exact: true }).waitFor()
    expect(await row.getByRole('link', { name: 'Is it blocked?' }).getAttribute('href')).toBe(
      `#/blocklist?address=${encodeURIComponent(first?.recipient ?? '')}`,
    )
    await page.getByText('=TEXT(C2/86400000').waitFor()
    await keepScreenshot({ page }, 'bounces')
    await page.getByRole('textbox', { name: 'Recipient domain' }).fill('example.net')
    const { items } = await mail.deliveries.bounces({ recipientDomains: ['example.net'] })
    await counts(page, items.length)
    await saved(page, mail, { list: 'bounces', recipientDomains: ['example.net'] })
    await page.getByRole('textbox', { name: 'Recipient address' }).fill(items[0]?.recipient ?? '')
    await counts(page, 1)
    await choose(page, 'Sender domain', 'news.shop.example')
    await page.getByText('None in these days').waitFor()
    expect(troubles).toEqual([])
  })

  it('DLV-3: spam reports and unsubscribes are listed by domains and days, and saved as they are shown', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService() })
    const { id } = await messageTo(mail, 'ann@example.org')
    await reports(mail, id, { type: 'complained', feedbackType: 'abuse' }, { type: 'unsubscribed' })
    await mail.tick()
    for (const [path, list, title] of [
      ['complaints', 'complaints', 'Spam reports'],
      ['unsubscribes', 'unsubscribes', 'Unsubscribes'],
    ] as const) {
      await go(path)
      const { items } = await mail.deliveries[list]()
      await counts(page, items.length)
      await rowsOf(page, title).getByRole('link', { name: 'ann@example.org' }).waitFor()
      await saved(page, mail, { list })
      await page.getByRole('button', { name: '7 days' }).click()
      await expect.poll(() => page.url()).toContain('from=')
      await counts(page, items.length)
      await page.getByRole('textbox', { name: 'Recipient domain' }).fill('example.invalid')
      await page.getByText('None in these days').waitFor()
    }
    expect(troubles).toEqual([])
  })

  it('DLV-3: the way from an event to its mail is one click', async () => {
    const { page, go } = await aConsole({ service: await aSentService() })
    await go('bounces')
    await page.getByRole('link', { name: /^gone/ }).first().click()
    await page.getByRole('heading', { level: 1, name: 'What happened to this mail' }).waitFor()
    await page.getByText('550 5.1.1 no such user', { exact: true }).waitFor()
  })
})
