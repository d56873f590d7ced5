import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole, type OpenConsole } from './a-console.js'
import { downloaded, whole } from './a-download.js'
import { aSentService } from './a-sent-service.js'
import { choose } from './choose.js'

const ZONE = { locale: 'en-US', timezoneId: 'Asia/Kolkata' } as const
const DAY = 86_400_000

/** The last seven days of the browser's zone, which is five and a half hours ahead. */
function lastWeek() {
  const ahead = 5.5 * 3_600_000
  const today = Math.floor((Date.now() + ahead) / DAY) * DAY - ahead
  return { from: today - 6 * DAY, to: today + DAY, timeZone: ZONE.timezoneId }
}

/** The figure that stands under a label. */
const card = (page: Page, label: string) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator('dd')
    .first()

const cells = async (page: Page, name: string): Promise<readonly (readonly string[])[]> => {
  const table = page.getByRole('table', { name })
  const rows = await table.getByRole('row').all()
  return Promise.all(rows.slice(1).map((row) => row.getByRole('cell').allInnerTexts()))
}

const optionsOf = async ({ mail }: Pick<OpenConsole, 'mail'>) => (await mail.templates.list()).items

needs('chromium')('sending data in the console', () => {
  it('STA-1: shows the figures of the last seven days of the browser’s zone, and saves the same question as a file', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService(), context: ZONE })
    await go('sending-data')
    const { total } = await mail.statistics.sending({ ...lastWeek(), by: ['day'] })
    expect(total.counts.requests).toBeGreaterThan(300)
    for (const [label, count] of [
      ['Requests', total.counts.requests],
      ['Delivered', total.counts.delivered],
      ['Deferred', total.counts.deferred],
      ['Bounced', total.counts.bounced],
      ['Invalid addresses', total.counts.invalid],
    ] as const)
      expect(await card(page, label).innerText(), label).toBe(String(count))
    await page.getByRole('img', { name: /^Over time: Sent, Delivered/ }).waitFor()
    expect((await cells(page, 'Email sending data')).length).toBe(1)
    const file = await downloaded(page)
    expect(file).toBe(await whole(mail.statistics.exportCsv({ ...lastWeek(), by: ['day'], figures: 'sending' })))
    await keepScreenshot({ page }, 'sending-data')
    expect(troubles).toEqual([])
  })

  it('STA-1: breaks them down by template and task by name, by domain and recipient domain, by hour, and of the whole range', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService(), context: ZONE })
    await go('sending-data')
    await choose(page, 'Broken down by', 'Template')
    await page.getByRole('cell', { name: 'voucher', exact: true }).waitFor()
    await choose(page, 'Over time by', 'the whole range')
    await page.getByRole('columnheader', { name: 'Day' }).waitFor({ state: 'detached' })
    const byTemplate = await mail.statistics.sending({ ...lastWeek(), by: ['template'] })
    const nameOf = new Map((await optionsOf({ mail })).map(({ id, name }) => [id, name]))
    expect((await cells(page, 'Email sending data')).map(([name, requests]) => [name, requests])).toEqual(
      byTemplate.items.map(({ template = '', counts }) => [nameOf.get(template), String(counts.requests)]),
    )
    await choose(page, 'Broken down by', 'Task')
    await page.getByRole('cell', { name: 'Spring vouchers' }).waitFor()
    await page.getByRole('cell', { name: 'none', exact: true }).waitFor()
    await choose(page, 'Broken down by', 'Recipient domain')
    await page.getByRole('cell', { name: 'example.net' }).waitFor()
    await choose(page, 'Broken down by', 'Sender domain')
    await page.getByRole('cell', { name: 'mail.shop.example' }).waitFor()
    await choose(page, 'Over time by', 'Hour')
    await page.getByRole('columnheader', { name: 'Hour' }).waitFor()
    expect(page.url()).toContain('breakdown=domain&period=hour')
    expect(troubles).toEqual([])
  })

  it('STA-1: narrows them by domain, recipient domain, template, task and days, all kept in the address', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService(), context: ZONE })
    const requests = card(page, 'Requests')
    const task = (await mail.tasks.list()).items.find(({ name }) => name === 'Spring vouchers')
    await go(`sending-data?task=${task?.id}`)
    await page.getByText('Only the mail of the task Spring vouchers is shown.').waitFor()
    await expect.poll(() => requests.innerText()).toBe('300')
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect.poll(() => requests.innerText()).toBe('302')
    await choose(page, /^Template$/, 'notice')
    await expect.poll(() => requests.innerText()).toBe('2')
    await page.getByLabel('Recipient domain').fill('example.net')
    await expect.poll(() => requests.innerText()).toBe('1')
    expect(page.url()).toContain('recipientDomain=example.net')
    await choose(page, 'Sender domain', 'news.shop.example')
    await page.getByText('No mail in these days').waitFor()
    await go('sending-data')
    await page.getByRole('button', { name: 'Today' }).click()
    await expect.poll(() => page.getByLabel('From').inputValue()).toBe(await page.getByLabel('To').inputValue())
    await expect.poll(() => requests.innerText()).toBe('302')
    await page.getByLabel('From').fill('2020-01-01')
    await page.getByLabel('To').fill('2020-01-31')
    await page.getByText('No mail in these days').waitFor()
    await page.getByRole('button', { name: '30 days' }).click()
    await expect.poll(() => requests.innerText()).toBe('302')
    expect(troubles).toEqual([])
  })
})

needs('chromium')('tracking data in the console', () => {
  it('STA-1, TRK-3: shows opens of people, those of programs apart, and distinct people when asked', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService(), context: ZONE })
    await go('tracking-data')
    const { total } = await mail.statistics.tracking({ ...lastWeek(), by: ['day'], users: true })
    expect(total.counts.uniqueOpens).toBeGreaterThan(0)
    await expect.poll(() => card(page, 'Mails opened').innerText()).toBe(String(total.counts.uniqueOpens))
    expect(await card(page, 'Unsubscribes').innerText()).toBe(String(total.counts.unsubscribes))
    expect(await card(page, 'Spam reports').innerText()).toBe(String(total.counts.complaints))
    await page.getByRole('columnheader', { name: 'Clicks by programs' }).waitFor()
    expect(await card(page, 'People who opened').count()).toBe(0)
    await page.getByRole('switch', { name: /distinct people/ }).click()
    await expect.poll(() => card(page, 'People who opened').innerText()).toBe(String(total.counts.openUsers))
    await page.getByRole('columnheader', { name: 'People who opened' }).waitFor()
    expect(await downloaded(page)).toBe(
      await whole(mail.statistics.exportCsv({ ...lastWeek(), by: ['day'], figures: 'tracking', users: true })),
    )
    expect(troubles).toEqual([])
  })

  it('TRK-2: says what is not counted, also of one domain, and leads to the switches', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await aSentService(), context: ZONE })
    await mail.statistics.settings.setDomains({ domains: ['news.shop.example'], clicks: false })
    await go('tracking-data')
    await page.getByText('Opens and clicks are counted for mail of domains').waitFor()
    await choose(page, 'Sender domain', 'news.shop.example')
    await page.getByText('Clicks are not counted').waitFor()
    await mail.statistics.settings.setAccount({ opens: false, clicks: false })
    await go('tracking-data')
    await page.getByText('Neither opens nor clicks are counted').waitFor()
    await page.getByRole('alert').getByRole('link', { name: 'Statistics settings' }).click()
    await page.getByRole('heading', { level: 1, name: 'Statistics settings' }).waitFor()
    expect(troubles).toEqual([])
  })
})

needs('chromium')('statistics settings in the console', () => {
  const confirmed = async (page: Page, button: string, said: RegExp) => {
    await page.getByRole('button', { name: button }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(said).waitFor()
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }

  it('TRK-2: the account sets all its domains after a second question, which changes nothing when it is cancelled', async () => {
    const { page, mail, go, troubles } = await aConsole()
    await go('tracking-settings')
    const opens = async () => {
      const { account, domains } = await mail.statistics.settings.get()
      return [account.opens, ...domains.items.map((one) => one.opens)]
    }
    await page.getByRole('button', { name: 'Turn off: Email opens count' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    expect(await opens()).toEqual([true, true, true])
    await confirmed(page, 'Turn off: Email opens count', /off for the account and for all its sender domains/)
    await expect.poll(opens).toEqual([false, false, false])
    await confirmed(page, 'Turn on: Email opens count', /on for the account and for all its sender domains/)
    await expect.poll(opens).toEqual([true, true, true])
    await confirmed(page, 'Turn off: Link clicks count', /composed from then on/)
    const { account } = await mail.statistics.settings.get()
    expect(account).toEqual({ opens: true, clicks: false })
    expect(troubles).toEqual([])
  })

  it('TRK-2: one domain or several are set apart from the account, and only those', async () => {
    const { page, mail, go, troubles } = await aConsole()
    await go('tracking-settings')
    const switches = async () => {
      const { account, domains } = await mail.statistics.settings.get()
      const of = new Map(domains.items.map(({ domain, opens, clicks }) => [domain, `${opens} ${clicks}`]))
      return [`${account.opens} ${account.clicks}`, of.get('mail.shop.example'), of.get('news.shop.example')]
    }
    const domains = page.locator('.panel', { has: page.getByRole('heading', { name: 'For sender domains' }) })
    await domains.getByRole('checkbox', { name: 'Select news.shop.example' }).check()
    await domains.getByText('1 selected').waitFor()
    await domains.getByRole('button', { name: 'Turn off: Link clicks count' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('off for news.shop.example; other domains stay as they are').waitFor()
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await expect.poll(switches).toEqual(['true true', 'true true', 'true false'])
    await dialog.waitFor({ state: 'hidden' })
    await domains.getByRole('checkbox', { name: 'Select all loaded rows' }).check()
    await domains.getByText('2 selected').waitFor()
    await domains.getByRole('button', { name: 'Turn off: Email opens count' }).click()
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await expect.poll(switches).toEqual(['true true', 'false true', 'false false'])
    await keepScreenshot({ page }, 'tracking-settings')
    expect(troubles).toEqual([])
  })

  it('ACC-3: a viewer sees how they stand and nothing to switch', async () => {
    const { page, go } = await aConsole({ role: 'viewer' })
    await go('tracking-settings')
    await page.getByRole('cell', { name: 'mail.shop.example' }).waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(0)
    expect(await page.getByRole('button', { name: /^Turn/ }).count()).toBe(0)
  })
})
