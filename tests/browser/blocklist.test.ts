import type { Caller } from '@mailwright/http'
import { expect, it } from 'vitest'
import { publish, type SampleService } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole } from './a-console.js'
import { choose } from './choose.js'

const DOMAIN = 'mail.shop.example'

/** Mail of another account bounces at an address, so that it is on the invalid list for all. */
async function bounceOfAnother({ mail, zone }: SampleService, address: string): Promise<void> {
  const other = mail.account('other')
  const { rows } = await other.domains.create({ name: 'mail.other.example' })
  publish(zone, rows)
  await other.domains.verify('mail.other.example')
  const from = 'hello@mail.other.example'
  await other.senders.create({ address: from })
  await other.templates.create({ name: 'notice', subject: 'Hello', text: 'Hello' })
  // It may be on the list already, because of somebody else.
  await other.blocklist.invalid.whitelist({ addresses: [address] })
  await other.sendRegular({ from, to: [address], template: 'notice' })
  await mail.tick()
}

/** A console over an account with one block of each kind, and no mail that is still to be sent. */
async function aBlocklist(role: Caller['role'] = 'admin') {
  const opened = await aConsole({ empty: true, role })
  const { domains, blocklist } = opened.mail
  await domains.create({ name: DOMAIN })
  await domains.create({ name: 'news.shop.example' })
  await blocklist.custom.add({ addresses: ['rude@example.org'], reason: 'asked by telephone' })
  const taken = async (list: 'bounces' | 'unsubscribes', addresses: readonly string[], at: number) =>
    blocklist.importSuppressions(
      Buffer.from(['email,created', ...addresses.map((address) => `${address},${at / 1_000}`)].join('\n')),
      { from: 'sendgrid', list, senderDomain: DOMAIN },
    )
  await taken('bounces', ['gone1@example.org', 'gone2@example.org', 'gone3@example.org'], Date.now())
  await taken('bounces', ['long-ago@example.org'], Date.UTC(2020, 0))
  await taken('unsubscribes', ['left1@example.org', 'left2@example.org'], Date.now())
  return opened
}

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

needs('chromium')('the blocklist in the console', () => {
  it('BLK-2: a lookup of several says of each whether it is written to, why not, and undoes it at once', async () => {
    const { page, mail, samples, go, troubles } = await aBlocklist()
    await bounceOfAnother(samples, 'gone-elsewhere@example.org')
    const invalid = 'gone1@example.org'
    const rejected = 'left1@example.org'
    await go('blocklist')
    const given = ['rude@example.org', invalid, 'gone-elsewhere@example.org', rejected, 'free@example.org']
    await page.getByLabel('Email addresses').fill(given.join('\n'))
    await page.getByRole('button', { name: 'Look up' }).click()
    await page.getByText('3 not written to, 1 not from every domain, 1 written to').waitFor()
    await keepScreenshot({ page }, 'blocklist-lookup')
    const card = (address: string) => page.getByRole('group', { name: address, exact: true })
    const confirm = () => page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()

    await card('rude@example.org').getByText('asked by telephone').waitFor()
    await card('rude@example.org').getByRole('button', { name: 'Remove' }).click()
    await confirm()
    await card('rude@example.org').getByText('Is written to').waitFor()
    expect((await mail.blocklist.custom.list()).items).toEqual([])

    await card(invalid).getByText('Mail of this account bounced there').waitFor()
    await card(invalid).getByRole('button', { name: 'Remove' }).click()
    await confirm()
    await card(invalid).getByText('Is written to').waitFor()
    expect((await mail.blocklist.lookup(invalid)).invalid).toBeNull()

    const elsewhere = card('gone-elsewhere@example.org')
    await elsewhere.getByText('Mail of another account bounced there').waitFor()
    expect(await elsewhere.getByRole('button', { name: 'Remove' }).count()).toBe(0)
    await elsewhere.getByRole('button', { name: 'Whitelist', exact: true }).click()
    await confirm()
    await elsewhere.getByText('Is written to').waitFor()
    expect((await mail.blocklist.lookup('gone-elsewhere@example.org')).whitelisted).toBe(true)
    await elsewhere.getByRole('button', { name: 'Take off the whitelist' }).click()
    await elsewhere.getByText('Not written to').waitFor()
    expect((await mail.blocklist.lookup('gone-elsewhere@example.org')).whitelisted).toBe(false)

    await card(rejected).getByRole('button', { name: 'Lift' }).click()
    await page.getByLabel('Why, and on whose word').fill('asked for it again by telephone')
    await page.getByRole('dialog').getByRole('button', { name: 'Lift' }).click()
    await card(rejected).getByText('Is written to').waitFor()
    expect((await mail.blocklist.rejects.lifted()).items).toMatchObject([
      { address: rejected, senderDomain: DOMAIN, liftedFor: 'asked for it again by telephone' },
    ])

    await card('free@example.org').getByRole('button', { name: 'Block it' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click()
    await card('free@example.org').getByText('Not written to').waitFor()
    expect((await mail.blocklist.custom.list()).items).toMatchObject([{ target: 'free@example.org' }])
    expect(troubles).toEqual([])
  })

  it('an address in the page’s own is looked up at once; a line that is none is named', async () => {
    const { page, go, troubles } = await aBlocklist()
    await go('blocklist?address=rude%40example.org')
    await page.getByRole('group', { name: 'rude@example.org' }).getByText('Not written to').waitFor()
    await page.getByLabel('Email addresses').fill('ann@example.org\nnobody at all')
    await page.getByRole('button', { name: 'Look up' }).click()
    await page.getByText('“nobody at all” cannot be read').waitFor()
    expect(troubles).toEqual([])
  })

  it('BLK-2: all of the triggered list are chosen and removed at once; ended rows are marked and cannot be', async () => {
    const { page, mail, samples, go, troubles } = await aBlocklist()
    const shared = 'gone1@example.org'
    await bounceOfAnother(samples, shared)
    await go('blocklist/mine')
    await page
      .getByRole('row', { name: /long-ago/ })
      .getByText('Ended', { exact: true })
      .waitFor()
    expect(await page.getByLabel('Select long-ago@example.org').count()).toBe(0)
    await page.getByLabel(`Select ${shared}`).check()
    await page.getByText('1 selected').waitFor()
    await page.getByLabel('Select all loaded rows').check()
    await page.getByText('3 selected').waitFor()
    await page.getByRole('button', { name: 'Remove' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    // Another account keeps one of them on the list: what helps stands there.
    const alert = page.getByRole('alert').filter({ hasText: 'Some are still not written to' })
    await alert.getByText(shared).waitFor()
    const left = (await mail.blocklist.invalid.mine({ limit: 100 })).items
    expect(left).toMatchObject([{ address: 'long-ago@example.org', status: 'expired' }])
    await alert.getByRole('button', { name: 'Whitelist' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await alert.waitFor({ state: 'hidden' })
    expect((await mail.blocklist.lookup(shared)).whitelisted).toBe(true)
    expect(troubles).toEqual([])
  })

  it('BLK-1, BLK-2: the triggered list is filtered and shows the days left; one row is removed', async () => {
    const { page, mail, go, troubles } = await aBlocklist()
    await go('blocklist/mine?status=active')
    await page.getByText('3 rows').waitFor()
    expect(await page.getByText('180 days left').count()).toBe(3)
    await page.getByLabel('Part of an address').fill('GONE2@')
    await page.getByText('1 row', { exact: true }).waitFor()
    await page
      .getByRole('row', { name: /gone2@/ })
      .getByRole('button', { name: 'Remove' })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('No bounce of yours blocks an address').waitFor()
    expect((await mail.blocklist.invalid.mine({ contains: 'gone2@' })).items).toEqual([])
    await go('blocklist/mine?to=2019-12-30')
    await page.getByText('No bounce of yours blocks an address').waitFor()
    await page.getByLabel('Bounced until').fill('')
    await page.getByText('3 rows').waitFor()
    await page.getByLabel('Bounced from').fill('2999-01-01')
    await page.getByText('No bounce of yours blocks an address').waitFor()
    expect(troubles).toEqual([])
  })

  it('BLK-2: addresses are whitelisted from a list and by choosing rows, and taken off again', async () => {
    const { page, mail, go, troubles } = await aBlocklist()
    await go('blocklist/invalid')
    await page.getByRole('button', { name: 'Whitelist addresses' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Addresses').fill('ann@example.org\nnobody at all')
    await dialog.getByRole('button', { name: 'Whitelist', exact: true }).click()
    await dialog.getByText('“nobody at all” cannot be read').waitFor()
    expect((await mail.blocklist.invalid.list({ whitelisted: true })).items).toEqual([])
    await dialog.getByLabel('Addresses').fill('ann@example.org\nbob@example.org')
    await dialog.getByRole('button', { name: 'Whitelist', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect((await mail.blocklist.lookup('bob@example.org')).whitelisted).toBe(true)

    const row = page.getByRole('row', { name: /gone1@/ })
    await row.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Whitelist', exact: true }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await row.getByText('Whitelisted').waitFor()
    await row.getByRole('button', { name: 'Take off the whitelist' }).click()
    await row.getByText('Blocked').waitFor()
    expect((await mail.blocklist.invalid.list({ whitelisted: true })).items).toHaveLength(2)

    await page.getByText('My whitelist').click()
    await page.getByText('2 rows').waitFor()
    await page.getByLabel('Select all loaded rows').check()
    await page.getByRole('button', { name: 'Take off the whitelist' }).first().click()
    await page.getByText('Nothing is whitelisted').waitFor()
    expect((await mail.blocklist.invalid.list({ whitelisted: true })).items).toEqual([])
    expect(troubles).toEqual([])
  })

  it('BLK-3: a reject is lifted for a reason, without which it is not, and is kept among the lifted ones', async () => {
    const { page, mail, go, troubles } = await aBlocklist()
    const rejects = (await mail.blocklist.rejects.list()).items
    await go('blocklist/rejects?domain=news.shop.example')
    await page.getByText('Nobody has rejected your mail').waitFor()
    await go(`blocklist/rejects?domain=${DOMAIN}`)
    await page.getByText('2 rows').waitFor()
    const row = page.getByRole('row', { name: /left1@/ })
    await row.getByText('unsubscribe').waitFor()
    await row.getByRole('button', { name: 'Lift' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Why, and on whose word').fill(' ')
    await dialog.getByRole('button', { name: 'Lift' }).click()
    await dialog.getByText('why the block is lifted').waitFor()
    expect((await mail.blocklist.rejects.list()).items).toEqual(rejects)
    await dialog.getByLabel('Why, and on whose word').fill('ticket 4711')
    await dialog.getByRole('button', { name: 'Lift' }).click()
    await row.waitFor({ state: 'hidden' })
    expect((await mail.blocklist.rejects.list()).items).toEqual(rejects.slice(1))
    await page.getByText('Lifted', { exact: true }).first().click()
    await page
      .getByRole('row', { name: /ticket 4711/ })
      .getByText('left1@example.org')
      .waitFor()
    expect(troubles).toEqual([])
  })
})

needs('chromium')('custom blocks in the console', () => {
  it('BLK-4: addresses and domains are added with a period; a line that is none is named and nothing is added', async () => {
    const { page, mail, go, troubles } = await aConsole({ empty: true })
    await go('blocklist/custom')
    await page.getByRole('button', { name: 'Add' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Addresses and domains').fill('ann@example.org\n@example.net\nno domain')
    await dialog.getByLabel('Effective until').fill('2999-12-24T09:00')
    await dialog.getByLabel('Reason').fill('a competitor')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await dialog.getByText('“no domain” cannot be read').waitFor()
    expect((await mail.blocklist.custom.list()).items).toEqual([])
    await dialog.getByLabel('Addresses and domains').fill('ann@example.org\n@example.net')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await page.getByText('2 rows').waitFor()
    const endsAt = await page.evaluate(() => new Date('2999-12-24T09:00').getTime())
    const { items } = await mail.blocklist.custom.list()
    expect(items.map(({ target }) => target)).toEqual(['@example.net', 'ann@example.org'])
    for (const item of items) expect(item).toMatchObject({ endsAt, reason: 'a competitor', status: 'active' })
    expect(troubles).toEqual([])
  })

  it('BLK-4: a period is modified, an end in the past lifts at once and the row stays as ended', async () => {
    const { page, mail, go, troubles } = await aBlocklist()
    await go('blocklist/custom')
    const row = page.getByRole('row', { name: /rude@/ })
    await row.getByRole('button', { name: 'Modify' }).click()
    const dialog = page.getByRole('dialog')
    await choose(dialog, 'End', 'at a time')
    await dialog.getByLabel('Effective until').fill('2999-01-01T00:00')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await row.getByText('2999').waitFor()
    const endsAt = await page.evaluate(() => new Date('2999-01-01T00:00').getTime())
    expect((await mail.blocklist.custom.list()).items).toMatchObject([{ endsAt, reason: 'asked by telephone' }])

    await row.getByRole('button', { name: 'Modify' }).click()
    await choose(dialog, 'End', 'now: lifts at once')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await row.getByText('Ended').waitFor()
    expect((await mail.blocklist.custom.list()).items).toMatchObject([{ status: 'expired' }])
    await choose(page, 'Status', 'Blocking')
    await page.getByText('Nothing is blocked here').waitFor()
    expect(troubles).toEqual([])
  })

  it('BLK-4: several rows are modified and removed at once', async () => {
    const { page, mail, go, troubles } = await aConsole({ empty: true })
    const addresses = ['a@example.org', 'b@example.org', 'c@example.org']
    await mail.blocklist.custom.add({ addresses, reason: 'before' })
    await go('blocklist/custom')
    await page.getByLabel('Select a@example.org').check()
    await page.getByLabel('Select c@example.org').check()
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Modify' }).first().click()
    await page.getByRole('dialog').getByLabel('Reason').fill('after')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByText('Select rows to act').waitFor()
    const reasons = async () => (await mail.blocklist.custom.list()).items.map(({ reason }) => reason)
    expect(await reasons()).toEqual(['after', 'before', 'after'])
    await page.getByLabel('Select all loaded rows').check()
    await page.getByLabel('Select b@example.org').uncheck()
    await page.getByRole('button', { name: 'Remove' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('1 row', { exact: true }).waitFor()
    expect(await reasons()).toEqual(['before'])
    expect(troubles).toEqual([])
  })

  it('BLK-4: a CSV is imported, and the lines that were passed over are told', async () => {
    const { page, mail, go, troubles } = await aConsole({ empty: true })
    await go('blocklist/custom')
    await page.getByRole('button', { name: 'Import CSV' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('from the old system')
    const text = 'email,reason\nann@example.org,\nnobody,\n@example.net,a competitor\nann@example.org,\n'
    await dialog.locator('input[type=file]').setInputFiles(csv('blocks.csv', text))
    await dialog.getByText('2 of 4 rows taken over').waitFor()
    await dialog.getByRole('row', { name: '3 no address or domain' }).waitFor()
    await dialog.getByRole('row', { name: '5 repeated' }).waitFor()
    expect((await mail.blocklist.custom.list()).items).toMatchObject([
      { target: '@example.net', reason: 'a competitor' },
      { target: 'ann@example.org', reason: 'from the old system' },
    ])
    await dialog.getByRole('button', { name: 'Another file' }).click()
    await dialog.locator('input[type=file]').setInputFiles(csv('blocks.csv', 'address\nann@example.org\n'))
    await dialog.getByRole('alert').getByText('CSV_HEADER_INVALID').waitFor()
    expect(troubles).toEqual([])
  })
})

needs('chromium')('settings of the blocklist in the console', () => {
  it('BLK-4: full mailboxes are blocked once somebody has confirmed it, and no longer', async () => {
    const { page, mail, go, troubles } = await aConsole({ empty: true })
    await go('blocklist/settings')
    await page.getByRole('button', { name: 'Switch on' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    expect(await mail.blocklist.settings.get()).toEqual({ fullMailboxes: false })
    await page.getByRole('button', { name: 'Switch on' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('button', { name: 'Switch off' }).waitFor()
    expect(await mail.blocklist.settings.get()).toEqual({ fullMailboxes: true })
    await page.getByRole('button', { name: 'Switch off' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('button', { name: 'Switch on' }).waitFor()
    expect(await mail.blocklist.settings.get()).toEqual({ fullMailboxes: false })
    expect(troubles).toEqual([])
  })

  it('another service’s suppression list is taken over, and its report is shown', async () => {
    const { page, mail, go, troubles } = await aBlocklist()
    const before = (await mail.blocklist.rejects.list()).items.length
    await go('blocklist/settings')
    await page.getByRole('button', { name: 'Take over a list' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Choose the service').waitFor()
    await choose(dialog, 'Service', 'SendGrid')
    await choose(dialog, 'Which list the file is', 'Unsubscribes')
    await choose(dialog, 'Sender domain', DOMAIN)
    const text = 'email,created\nann@example.org,2026-01-02\nnobody,2026-01-02\n'
    await dialog.locator('input[type=file]').setInputFiles(csv('unsubscribes.csv', text))
    await dialog.getByText('1 of 2 rows taken over').waitFor()
    const { rejects } = await mail.blocklist.lookup('ann@example.org')
    expect(rejects).toMatchObject([{ senderDomain: DOMAIN }])
    expect((await mail.blocklist.rejects.list()).items).toHaveLength(before + 1)
    expect(troubles).toEqual([])
  })

  it('ACC-3: a viewer looks everything up and is offered nothing that would be refused', async () => {
    const { page, go, troubles } = await aBlocklist('viewer')
    for (const path of [
      'blocklist?address=rude%40example.org',
      'blocklist/mine',
      'blocklist/rejects',
      'blocklist/custom',
    ]) {
      await go(path)
      await page
        .getByText(/@example/)
        .first()
        .waitFor()
      for (const name of ['Remove', 'Modify', 'Lift', 'Add', 'Import CSV'])
        expect(await page.getByRole('button', { name, exact: true }).count(), `${path} ${name}`).toBe(0)
      expect(await page.getByRole('checkbox').count()).toBe(0)
    }
    expect(troubles).toEqual([])
  })
})
