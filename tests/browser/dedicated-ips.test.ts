import { createMailService } from '@mailwright/core'
import { expect, it } from 'vitest'
import { DOMAIN, sampleService } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole, type OpenConsole } from './a-console.js'
import { choose } from './choose.js'

const OTHER = 'news.shop.example'

const confirm = ({ page }: OpenConsole) => page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()

const ipsOf = async ({ mail }: OpenConsole) => (await mail.dedicatedIps.list()).items

const domainsOn = async (open: OpenConsole, ip: string): Promise<readonly string[]> =>
  (await ipsOf(open)).find((one) => one.ip === ip)?.domains.map(({ name }) => name) ?? []

/** Fills the application that is shown. */
async function chooseDomains({ page }: OpenConsole, domains: readonly string[]): Promise<void> {
  await choose(page, 'Sender domains', ...domains)
  await page.getByRole('heading', { name: 'Application' }).click()
}

needs('chromium')('dedicated IPs in the console', () => {
  it('DIP-1: the service is opened by whoever agrees to the terms, which say the price', async () => {
    const { page, mail, go, troubles } = await aConsole({ empty: true })
    await go('dedicated-ips')
    await page.getByText('Each IP costs €30.00 a month.').waitFor()
    const open = page.getByRole('button', { name: 'Open now' })
    expect(await open.isDisabled()).toBe(true)
    await page.getByLabel('I agree to these terms').check()
    await open.click()
    await page.getByText('The service is open, and you have no IP yet').waitFor()
    const status = await mail.dedicatedIps.status()
    expect([status.state, status.agreements.map(({ terms }) => terms)]).toEqual(['open', ['1']])
    expect(troubles).toEqual([])
  })

  it('DIP-2: the calculator adds scenarios up and hands its number to the application', async () => {
    const { page, go, troubles } = await aConsole()
    await go('dedicated-ips/apply')
    const rates = page.getByLabel('Mails a second at the busiest time')
    await rates.fill('200')
    await page.getByRole('button', { name: 'Apply for 8' }).waitFor()
    for (const nth of [1, 2]) {
      await page.getByRole('button', { name: 'Add a scenario' }).click()
      await rates.nth(nth).fill('200')
    }
    await page.getByRole('button', { name: 'Apply for 21' }).waitFor()
    await page.getByRole('button', { name: 'Apply for 24' }).click()
    expect(await page.getByLabel('Number of IPs').inputValue()).toBe('24')
    await page.getByText('24 × €30.00 = €720.00').waitFor()
    await page.getByRole('button', { name: 'Remove Notifications' }).click()
    await page.getByRole('button', { name: 'Apply for 16' }).waitFor()
    expect(troubles).toEqual([])
  })

  it('DIP-1: too many are refused with the number free, none is allocated; so many as are free are', async () => {
    const open = await aConsole()
    const { page, go, troubles } = open
    await go('dedicated-ips/apply')
    await page.getByLabel('Number of IPs').fill('9')
    await chooseDomains(open, [DOMAIN])
    await page.getByLabel('Tags').fill('team=growth')
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await page.getByText('You asked for 9, and 3 are free. Nothing was allocated.').waitFor()
    expect(await ipsOf(open)).toHaveLength(1)
    await page.getByRole('button', { name: 'Ask for 3 instead' }).click()
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await page.getByText('3 IPs are yours now').waitFor()
    await page.getByRole('heading', { level: 1, name: 'Dedicated IPs' }).waitFor()
    const made = (await ipsOf(open)).filter(({ tags }) => tags.team === 'growth')
    expect(made.map(({ domains }) => domains.map(({ name }) => name))).toEqual([[DOMAIN], [DOMAIN], [DOMAIN]])
    await keepScreenshot({ page }, 'dedicated-ips')
    expect(troubles).toEqual([])
  })

  it('DIP-4: domains of different scenarios are refused together, unless forced', async () => {
    const open = await aConsole()
    const { page, mail, go } = open
    await mail.domains.setScenario(OTHER, { scenario: 'transactional' })
    await go('dedicated-ips/apply')
    await chooseDomains(open, [DOMAIN, OTHER])
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await page.getByRole('alert').getByText('SCENARIO_MIXED').waitFor()
    await page.getByLabel('Also if the scenarios of the domains differ').click({ force: true })
    await choose(page, 'What they are for', 'Transactional')
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await page.getByText('1 IPs are yours now').waitFor()
    const [made] = await ipsOf(open)
    expect([made?.scenario, made?.domains.length]).toEqual(['transactional', 2])
  })

  it('DIP-4, DIP-5: a domain is added to an IP and taken off, its tags are changed, and it is disabled', async () => {
    const open = await aConsole()
    const { page, mail, go, troubles } = open
    const ip = (await ipsOf(open))[0]?.ip ?? ''
    await mail.domains.setScenario(OTHER, { scenario: 'transactional' })
    await go('dedicated-ips')
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Add domain' }).click()
    await dialog.getByRole('button', { name: 'Add domain' }).click()
    await dialog.getByRole('alert').getByText('SCENARIO_MIXED').waitFor()
    expect(await domainsOn(open, ip)).toEqual([DOMAIN])
    await dialog.getByLabel('Also if the scenarios differ').click({ force: true })
    await dialog.getByRole('button', { name: 'Add domain' }).click()
    await expect.poll(() => domainsOn(open, ip)).toEqual([DOMAIN, OTHER])
    await dialog.waitFor({ state: 'hidden' })

    await page.getByRole('button', { name: 'Take off' }).first().click()
    await confirm(open)
    await expect.poll(() => domainsOn(open, ip)).toEqual([OTHER])
    await dialog.waitFor({ state: 'hidden' })

    await page.getByRole('button', { name: 'Edit tags' }).click()
    await dialog.getByLabel('Tags').fill('team=press')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await ipsOf(open))[0]?.tags).toEqual({ team: 'press' })
    await dialog.waitFor({ state: 'hidden' })

    await page.getByRole('textbox', { name: 'Tag', exact: true }).fill('team=shop')
    await page.getByText('No IP fits').waitFor()
    await page.getByRole('textbox', { name: 'Tag', exact: true }).fill('team')
    await page.getByRole('button', { name: 'Disable' }).click()
    await dialog.getByText('sends from shared IPs at once').waitFor()
    await confirm(open)
    await expect.poll(() => ipsOf(open)).toEqual([])
    expect(troubles).toEqual([])
  })

  it('DIP-4, DIP-6: the bill has its lines and adds up by tag; the ledger says what moved', async () => {
    const { page, mail, go, troubles } = await aConsole()
    await go('dedicated-ips/bill')
    const month = await page.getByRole('combobox', { name: 'Month' }).inputValue()
    const bill = await mail.dedicatedIps.bill({ month })
    const fee = `€${((bill?.total ?? 0) / 100).toFixed(2)}`
    await page.getByRole('row', { name: new RegExp(`^Total.*${fee}`) }).waitFor()
    await choose(page, 'Group by tag', 'team')
    await page.getByRole('row', { name: `shop ${fee}` }).waitFor()
    await page.getByRole('link', { name: 'Ledger' }).click()
    await page.getByRole('row', { name: /Set aside.*you.*€30\.00/ }).waitFor()
    expect(troubles).toEqual([])
  })

  it('DIP-5: the service is closed only after saying what that does, and can be opened again', async () => {
    const open = await aConsole()
    const { page, mail, go } = open
    await go('dedicated-ips')
    await page.getByRole('button', { name: 'Close service' }).click()
    await page.getByRole('dialog').getByText('All 1 IPs are disabled').waitFor()
    expect((await mail.dedicatedIps.status()).state).toBe('open')
    await confirm(open)
    await page.getByLabel('I agree to these terms').waitFor()
    expect((await mail.dedicatedIps.status()).state).toBe('closed')
    expect(await ipsOf(open)).toEqual([])
  })

  it('DIP-1, DIP-6: new terms are agreed to anew; where nothing has a price there is no bill', async () => {
    const samples = await sampleService()
    await samples.mail.dedicatedIps.open({ agree: true })
    const { storage, transport, zone } = samples
    const policy = { ipTerms: '2' }
    const mail = await createMailService({
      storage,
      transport,
      resolver: zone,
      secret: 'a secret only for samples',
      policy,
    })
    const { page, go, troubles } = await aConsole({ service: { ...samples, mail } })
    await go('dedicated-ips')
    await page.getByText('The terms have changed').waitFor()
    await page.getByText('The operator charges nothing for dedicated IPs.').waitFor()
    await page.getByLabel('I agree to these terms').check()
    await page.getByRole('button', { name: 'Open now' }).click()
    await page.getByText('The terms have changed').waitFor({ state: 'hidden' })
    expect((await mail.dedicatedIps.status()).agreements.map(({ terms }) => terms)).toEqual(['1', '2'])
    await page.getByRole('link', { name: 'Bill' }).click()
    await page.getByText('There is no bill').waitFor()
    expect(troubles).toEqual([])
  })

  it('ACC-3: a viewer reads, works out a number, and has no button that would be refused', async () => {
    const { page, go } = await aConsole({ role: 'viewer' })
    await go('dedicated-ips')
    await page.getByText('greets as').waitFor()
    for (const name of ['Apply for dedicated IPs', 'Close service', 'Disable', 'Take off', 'Add domain', 'Edit tags'])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0)
    await page.getByRole('link', { name: 'How many do I need?' }).click()
    await page.getByText('Recommended').waitFor()
    expect(await page.getByRole('heading', { name: 'Application' }).count()).toBe(0)
  })
})
