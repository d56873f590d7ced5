import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { publish } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole } from './a-console.js'
import { choose } from './choose.js'

const DOMAIN = 'mail.shop.example'
const FROM = `hello@${DOMAIN}`
const READERS = ['ann', 'bob', 'gone1'].map((name) => `${name}@example.org,${name}`)

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
const inDialog = (page: Page) => page.getByRole('dialog')

needs('chromium')('the console guide', () => {
  it('is one way through the console, from a domain to the blocklist', async () => {
    const { page, mail, samples, go, troubles } = await aConsole({ empty: true })
    const keep = (name: string) => keepScreenshot({ page }, `guide-${name}`)

    // Sender domain: create, publish what the checklist asks for, verify.
    await go('domains')
    await press(page, 'Create sender domain')
    await inDialog(page).getByLabel('Domain').fill(DOMAIN)
    await inDialog(page).getByRole('button', { name: 'Create sender domain' }).click()
    await page.getByRole('heading', { level: 1, name: DOMAIN }).waitFor()
    publish(samples.zone, (await mail.domains.get(DOMAIN)).rows)
    await press(page, 'Verify')
    await page.getByText('Asked DNS: Verified').waitFor()
    await keep('1-domain')

    // Sender address.
    await go('senders')
    await press(page, 'Create sender address')
    await inDialog(page).getByLabel('Email prefix').fill('hello')
    await inDialog(page).getByLabel('Sender name').fill('Shop')
    await inDialog(page).getByRole('button', { name: 'Create sender address' }).click()
    await page.getByText(`${FROM} can send now`).waitFor()
    await keep('2-sender')

    // Email template.
    await go('templates/new')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('welcome')
    await page.getByLabel('Subject').fill('Hello {{name}}')
    await page.getByLabel('HTML source').fill('<h1>Hello {{name}}</h1><p><a href="https://shop.example/">Shop</a></p>')
    await page.frameLocator('iframe').getByRole('heading', { name: 'Hello [name]' }).waitFor()
    await keep('3-template')
    await press(page, 'Create template')
    await page.getByRole('heading', { level: 1, name: 'welcome' }).waitFor()

    // Callback address at the account level.
    await mail.callbacks.setAccount({ url: 'http://hooks.shop.example:8080/mail' })
    await go('callbacks')
    await page.getByText('http://hooks.shop.example:8080/mail').first().waitFor()
    await keep('4-callbacks')

    // Statistics settings: opens and clicks, confirmed a second time.
    await go('tracking-settings')
    for (const name of ['Turn on: Email opens count', 'Turn on: Link clicks count']) {
      await press(page, name)
      await inDialog(page).getByRole('button', { name: 'Confirm' }).click()
      await inDialog(page).waitFor({ state: 'hidden' })
    }
    expect((await mail.statistics.settings.get()).account).toEqual({ opens: true, clicks: true })
    await keep('5-settings')

    // Email sending: one variable, everybody sees everybody.
    await go('send')
    await choose(page, 'Email template', 'welcome')
    await page.getByLabel('Value of {{name}}').fill('all of you')
    await choose(page, 'Sender address', FROM)
    await page.getByLabel('Recipients').fill('carl@example.org\ndora@example.org')
    await keep('6-send')
    await press(page, 'Send')
    await press(page, 'Send now')
    await page.getByText('All 2 accepted').waitFor()

    // Recipient group, imported from a CSV file.
    await go('groups')
    await press(page, 'Create recipient group')
    await inDialog(page).getByLabel('Name').fill('readers')
    await inDialog(page).getByRole('button', { name: 'Create recipient group' }).click()
    await page.getByRole('heading', { level: 1, name: 'readers' }).waitFor()
    const buffer = Buffer.from(`email,name\n${READERS.join('\n')}\n`)
    await page.getByLabel('Choose a file').setInputFiles({ name: 'readers.csv', mimeType: 'text/csv', buffer })
    await expect.poll(async () => (await mail.groups.get('readers')).rows).toBe(READERS.length)
    await page.getByRole('row', { name: /ann@/ }).waitFor()
    await keep('7-group')

    // Batch sending: what, when, the check, and go.
    await go('tasks/new?group=readers')
    await choose(page, 'Email template', 'welcome')
    await choose(page, 'Sender address', FROM)
    await page.getByText('The group’s variables are the template’s.').waitFor()
    await press(page, 'Next')
    await press(page, 'Check')
    await page.getByText('Get the mail').waitFor()
    await keep('8-plan')
    await press(page, 'Next')
    await press(page, 'Create task')
    await expect.poll(async () => (await mail.tasks.list()).items.length).toBe(1)
    await expect
      .poll(async () => {
        await mail.tick()
        return (await mail.tasks.list()).items[0]?.state
      })
      .toBe('done')
    await go('tasks')
    await page.getByText('Done', { exact: true }).first().waitFor()
    await keep('9-tasks')

    // Statistics, and the delivery response.
    await go('sending-data')
    await page.getByText('Requests').first().waitFor()
    await keep('10-statistics')
    await go('queue')
    await page.getByText('Live', { exact: true }).waitFor()
    await keep('11-queue')
    await go('messages')
    await page.getByRole('link', { name: 'ann@example.org' }).click()
    await page.getByText('250 2.0.0 taken').waitFor()
    await keep('12-timeline')
    await go('bounces')
    await page
      .getByRole('row', { name: /gone1@/ })
      .getByText('no such user')
      .waitFor()
    await keep('13-bounces')

    // Blocklist: the bounce has put its address there, and it is taken off again.
    await go('blocklist?address=gone1%40example.org')
    await page.getByRole('group', { name: 'gone1@example.org' }).getByRole('button', { name: 'Remove' }).click()
    await keep('14-blocklist')
    await inDialog(page).getByRole('button', { name: 'Confirm' }).click()
    await expect.poll(async () => (await mail.blocklist.lookup(['gone1@example.org']))[0]?.invalid ?? null).toBeNull()
    expect(troubles).toEqual([])
  }, 180_000)
})
