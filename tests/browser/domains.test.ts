import { expect, it } from 'vitest'
import { publish } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole } from './a-console.js'
import { choose } from './choose.js'

needs('chromium')('sender domains in the console', () => {
  it('DOM-1, DOM-2: one is claimed, its records are published, and it is verified', async () => {
    const { page, mail, samples, go, troubles } = await aConsole({ empty: true })
    await go('domains')
    await page.getByText('No sender domain yet').waitFor()
    await page.getByRole('button', { name: 'Create sender domain' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Domain').fill('mail.shop.example')
    await dialog.getByRole('button', { name: 'Create sender domain' }).click()
    await page.getByRole('heading', { level: 1, name: 'mail.shop.example' }).waitFor()
    const { rows } = await mail.domains.get('mail.shop.example')
    for (const { expected } of rows) await page.getByText(expected, { exact: true }).first().waitFor()

    await page.getByRole('button', { name: 'Verify' }).click()
    await page.getByText('Asked DNS: Pending verification').waitFor()
    publish(samples.zone, rows)
    await page.getByRole('button', { name: 'Verify' }).click()
    await page.getByText('Asked DNS: Verified').waitFor()
    expect((await mail.domains.get('mail.shop.example')).state).toBe('verified')
    await keepScreenshot({ page }, 'domain')
    expect(troubles).toEqual([])
  })

  it('a name that is none is refused with what to give instead, and nothing is made', async () => {
    const { page, mail, go } = await aConsole({ empty: true })
    await go('domains')
    await page.getByRole('button', { name: 'Create sender domain' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Domain').fill('not a domain')
    await dialog.getByRole('button', { name: 'Create sender domain' }).click()
    await dialog.getByRole('alert').getByText('Give a host name below a public suffix').waitFor()
    await dialog.getByText('DOMAIN_NAME_INVALID').waitFor()
    expect((await mail.domains.list()).items).toEqual([])
  })

  it('tags, the scenario and DKIM keys are changed, and a domain that nothing uses is deleted', async () => {
    const { page, mail, go, troubles } = await aConsole()
    await go('domains/news.shop.example')
    await page.getByRole('button', { name: 'Edit tags' }).click()
    await page.getByRole('dialog').getByLabel('Tags').fill('team=press')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await mail.domains.get('news.shop.example')).tags).toEqual({ team: 'press' })
    await page.getByRole('dialog').waitFor({ state: 'hidden' })

    await page.getByRole('button', { name: 'Set', exact: true }).click()
    await choose(page.getByRole('dialog'), 'What its mail is for', 'Transactional')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await mail.domains.get('news.shop.example')).scenario).toBe('transactional')

    await go('domains/mail.shop.example')
    const before = (await mail.domains.get('mail.shop.example')).dkim.length
    await page.getByRole('button', { name: 'Rotate DKIM keys' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await expect.poll(async () => (await mail.domains.get('mail.shop.example')).dkim.length).toBe(before + 1)
    await page.getByRole('button', { name: 'Take back the rotation' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await expect.poll(async () => (await mail.domains.get('mail.shop.example')).dkim.length).toBe(before)

    await go('domains/news.shop.example')
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sender domains' }).waitFor()
    expect((await mail.domains.list()).items.map(({ name }) => name)).toEqual(['mail.shop.example'])
    expect(troubles).toEqual([])
  })

  it('ACC-3: a viewer sees them and no button that would be refused', async () => {
    const { page, go } = await aConsole({ role: 'viewer' })
    await go('domains/news.shop.example')
    await page.getByText('DNS checklist').waitFor()
    for (const name of ['Verify', 'Delete', 'Edit tags', 'Rotate DKIM keys'])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0)
  })
})

needs('chromium')('sender addresses in the console', () => {
  it('SND-1: one is made for a verified domain, and deleted', async () => {
    const { page, mail, go, troubles } = await aConsole()
    await go('senders')
    await page.getByRole('button', { name: 'Create sender address' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Email prefix').fill('orders')
    await dialog.getByLabel('Sender name').fill('Orders')
    await dialog.getByRole('button', { name: 'Create sender address' }).click()
    await page.getByText('orders@mail.shop.example can send now').waitFor()
    const made = (await mail.senders.list()).items.find(({ name }) => name === 'Orders')
    expect(made?.address).toBe('orders@mail.shop.example')
    await page
      .getByRole('row', { name: /orders@/ })
      .getByRole('button', { name: 'Delete' })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await expect.poll(async () => (await mail.senders.list()).items.length).toBe(2)
    expect(troubles).toEqual([])
  })
})
