import { readFile } from 'node:fs/promises'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { createMailService } from '@mailwright/core'
import { expect, it } from 'vitest'
import { DOMAIN, FROM, publish, sampleService } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole } from './a-console.js'
import { choose } from './choose.js'

const READER = 'reader1@example.net'

needs('chromium')('the doctor in the console', () => {
  it('says what to do about each finding, and looks again', async () => {
    const { page, mail, go, troubles } = await aConsole()
    await go('doctor')
    const [finding] = await mail.doctor()
    await page.getByRole('heading', { name: finding?.code ?? '' }).waitFor()
    await page.getByText(finding?.fix ?? '').waitFor()
    const asked = page.waitForResponse((response) => response.url().endsWith('/doctor'))
    await page.getByRole('button', { name: 'Look again' }).click()
    expect((await asked).ok()).toBe(true)
    expect(troubles).toEqual([])
  })
})

needs('chromium')('API keys in the console', () => {
  it('ACC-3, T24: a key is shown once and opens what its role allows, until it is revoked', async () => {
    const { page, mail, go, troubles } = await aConsole()
    await go('api-keys')
    await page.getByRole('button', { name: 'Create API key' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('billing program')
    await dialog.getByLabel(/^Viewer/).check()
    await dialog.getByLabel('Only what carries these tags').fill('team=shop')
    await dialog.getByLabel('Expires').fill('2099-01-01T00:00')
    await dialog.getByRole('button', { name: 'Create API key' }).click()
    await dialog.getByText('it is never shown again').waitFor()
    const shown = (await dialog.getByText(/^mw_/).textContent()) ?? ''
    await dialog.getByText(`Authorization: Bearer ${shown}`).waitFor()
    expect(await mail.authenticate(shown)).toMatchObject({ role: 'viewer', tags: { team: 'shop' } })
    const [kept] = (await mail.apiKeys.list()).items
    expect(kept).toMatchObject({ name: 'billing program', expiresAt: new Date('2099-01-01T00:00').getTime() })

    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'I have copied it' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.content()).not.toContain(shown)
    await page.getByRole('button', { name: 'Revoke' }).click()
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('No API key yet').waitFor()
    expect(await mail.authenticate(shown)).toBeNull()
    expect(troubles).toEqual([])
  })

  it('one that has expired is marked', async () => {
    const { page, mail, go } = await aConsole()
    const { expiresAt } = await mail.apiKeys.create({ name: 'short', role: 'viewer', expiresAt: Date.now() + 500 })
    await expect.poll(() => Date.now() > (expiresAt ?? 0)).toBe(true)
    await go('api-keys')
    await page.getByRole('row', { name: /short.*Expired/ }).waitFor()
  })
})

needs('chromium')('the audit in the console', () => {
  it('T31: says who did what and what came of it, and that an outcome may be unknown', async () => {
    const { page, mail, go, troubles } = await aConsole()
    await mail.audit.begin({ actor: 'ann', role: 'admin', verb: 'domains.verify', target: { domain: DOMAIN } })
    const end = await mail.audit.begin({ actor: 'bob', role: 'sender', verb: 'tasks.pause', target: { id: 'a-task' } })
    await end('STATE_INVALID')
    await go('audit')
    await page.getByRole('row', { name: /ann.*domains\.verify.*Unknown/ }).waitFor()
    await page.getByText('it is under way, or the process ended').waitFor()
    await page.getByRole('row', { name: /bob.*tasks\.pause.*STATE_INVALID/ }).waitFor()
    await keepScreenshot({ page }, 'audit')

    await page.getByLabel('Who').fill('bob')
    await page.getByText('1 row', { exact: true }).waitFor()
    await page.getByLabel('Who').fill('')
    await choose(page, 'What', 'domains.verify')
    await page.getByText('1 row', { exact: true }).waitFor()
    await page.getByLabel('To day').fill('2020-01-01')
    await page.getByText('Nothing fits').waitFor()
    await page.getByLabel('To day').fill('')
    await page.getByLabel('From day').fill('2020-01-01')
    await page.getByRole('link', { name: DOMAIN }).click()
    await page.getByRole('heading', { level: 1, name: DOMAIN }).waitFor()
    expect(troubles).toEqual([])
  })
})

needs('chromium')('personal data in the console', () => {
  it('GRP-8: all that is kept of an address is shown and saved, and erased by whoever types it again', async () => {
    const { page, mail, go, troubles } = await aConsole()
    await go('people')
    await page.getByLabel('Email address').fill(READER)
    await page.getByRole('button', { name: 'Show what is kept' }).click()
    await page.getByRole('region', { name: 'Recipient groups' }).getByText('readers').waitFor()
    const kept = await mail.people.export(READER)
    expect(kept.messages.length).toBeGreaterThan(0)

    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download as JSON' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('person.json')
    expect(JSON.parse(await readFile(await saved.path(), 'utf8'))).toEqual(kept)

    const erase = page.getByRole('button', { name: 'Erase' })
    expect(await erase.isDisabled()).toBe(true)
    await page.getByLabel('Type the address again').fill('reader2@example.net')
    await page.getByText('It is not the address above.').waitFor()
    expect(await erase.isDisabled()).toBe(true)
    await page.getByLabel('Type the address again').fill(READER)
    await erase.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByText(`In 1 groups and ${kept.messages.length} emails.`).waitFor()
    const left = await mail.people.export(READER)
    expect([left.groups, left.messages]).toEqual([[], []])
    expect(page.url()).not.toContain('reader1')
    expect(troubles).toEqual([])
  })

  it('what is no address is refused with a reason', async () => {
    const { page, go } = await aConsole({ empty: true })
    await go('people')
    await page.getByLabel('Email address').fill('nobody')
    await page.getByRole('button', { name: 'Show what is kept' }).click()
    await page.getByRole('alert').getByText('ADDRESS_INVALID').waitFor()
  })
})

/** A service in development, which has kept one mail. */
async function inDevelopment() {
  const samples = await sampleService()
  await samples.mail.stop()
  const { zone } = samples
  const storage = memoryStorage()
  const mail = await createMailService({ storage, resolver: zone, secret: 'a secret only for samples', dev: true })
  publish(zone, (await mail.domains.create({ name: DOMAIN })).rows)
  await mail.domains.verify(DOMAIN)
  await mail.senders.create({ address: FROM })
  const html = '<h1>Hello in HTML</h1><script>document.title = "run"</script>'
  await mail.send({ from: FROM, to: ['ann@example.org'], subject: 'A <b>kept</b> mail', html, text: 'Hello in text' })
  await mail.tick()
  return { ...samples, storage, mail }
}

needs('chromium')('the development inbox in the console', () => {
  it('HOST-3, T18: shows what was kept, its HTML in a frame where nothing runs, and is cleared', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await inDevelopment() })
    await go('inbox')
    await page.getByRole('link', { name: 'A <b>kept</b> mail' }).click()
    await page.getByRole('heading', { level: 1, name: 'A <b>kept</b> mail' }).waitFor()
    await page.getByText('Hello in text').waitFor()
    const frame = page.frameLocator('iframe')
    await frame.getByRole('heading', { name: 'Hello in HTML' }).waitFor()
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('')
    expect(await page.frames()[1]?.title()).not.toBe('run')
    await keepScreenshot({ page }, 'inbox')

    await page.getByRole('link', { name: 'All mails' }).click()
    await page.getByRole('button', { name: 'Look again' }).click()
    await page.getByRole('button', { name: 'Clear the inbox' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('No mail yet').waitFor()
    expect(mail.inbox?.list()).toEqual([])
    // The browser says that it ran no script of the mail; nothing else went wrong.
    expect(troubles.filter((trouble) => !trouble.includes('sandboxed'))).toEqual([])
  })

  it('HOST-3: is no page where no mail is kept', async () => {
    const { page, go } = await aConsole({ empty: true })
    await go('inbox')
    await page.getByRole('heading', { name: 'Your role cannot see this page.' }).waitFor()
    expect(await page.getByRole('link', { name: 'Development inbox' }).count()).toBe(0)
  })
})
