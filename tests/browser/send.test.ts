import { expect, it } from 'vitest'
import { DOMAIN, FROM } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole, type OpenConsole } from './a-console.js'
import { choose } from './choose.js'

const to = ({ page }: Pick<OpenConsole, 'page'>) => page.getByLabel('Recipients')

/** A console in which the mail is written, but for its recipients. */
async function written() {
  const console = await aConsole()
  const { page, go } = console
  await go('send')
  await choose(console.page, 'Email template', 'notice')
  await page.getByLabel('Value of {{time}}').fill('ten')
  await choose(console.page, 'Sender address', FROM)
  return console
}

needs('chromium')('sending an email in the console', () => {
  it('REG-1, TRG-4: a template goes to a few people with a subject, a value and an unsubscribe link, once on a double click', async () => {
    const console = await written()
    const { page, mail, samples, troubles } = console
    const before = (await mail.deliveries.messages({ limit: 1_000 })).items.length
    await page.getByText('We open at ten tomorrow.').waitFor()
    await page.getByLabel('Subject', { exact: true }).fill('New hours')
    await to(console).fill('carl@example.org\n\nDora <dora@example.net>')
    await page.getByText('2 of 20 recipients').waitFor()
    await choose(console.page, 'What this mail is for', 'Notifications')
    await page.getByRole('switch', { name: 'Unsubscribe link' }).click({ force: true })
    await choose(console.page, 'Language of the link', 'Deutsch')
    await keepScreenshot({ page }, 'send')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Send to 2 recipients?' })
    await dialog.getByText('All recipients see each other').waitFor()
    await dialog.getByRole('button', { name: 'Send now' }).dblclick()
    await page.getByText('All 2 accepted').waitFor()
    await keepScreenshot({ page }, 'sent')

    const { items } = await mail.deliveries.messages({ limit: 1_000 })
    expect(items.length).toBe(before + 2)
    await mail.tick()
    for (const recipient of ['carl@example.org', 'dora@example.net'])
      for (const contains of ['Subject: New hours', /To: carl@example\.org,\s+Dora <dora@example\.net>/, 'Abmelden'])
        samples.transport.assertSent({ to: recipient, contains }, 1)
    await page.getByRole('link', { name: 'Timeline of the mail to carl@example.org' }).click()
    await expect.poll(() => page.url()).toMatch(/#\/messages\/.+/)
    expect(items.map(({ id }) => id)).toContain(decodeURIComponent(page.url().split('/messages/')[1] ?? ''))
    expect(troubles).toEqual([])
  })

  it('REG-2: who is blocked is told with the reason, and the others get theirs', async () => {
    const console = await written()
    const { page, mail } = console
    await mail.blocklist.custom.add({ addresses: ['later@example.org'], endsAt: '2099-12-31' })
    await to(console).fill('rude@example.org\nlater@example.org\neve@example.org')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('button', { name: 'Send now' }).click()
    await page.getByText('1 accepted, 2 not sent').waitFor()
    await page
      .getByRole('row', { name: /later@example.org/ })
      .getByText(/Until \w+ \d+, 2\d{3}/)
      .waitFor()
    const refused = page.getByRole('row', { name: /rude@example.org/ })
    await refused.getByText('On this account’s custom blocklist').waitFor()
    expect(await refused.getByRole('link').getAttribute('href')).toBe('#/blocklist?address=rude%40example.org')
    const { items } = await mail.deliveries.messages()
    expect(items.filter(({ recipient }) => recipient === 'eve@example.org')).toHaveLength(1)
    expect(items.filter(({ recipient, state }) => recipient === 'rude@example.org' && state !== 'dropped')).toEqual([])
    await page.getByRole('button', { name: 'Send another email' }).click()
    expect(await to(console).inputValue()).toBe('')
    await page.getByRole('combobox', { name: 'Email template' }).waitFor()
    expect(await page.getByRole('combobox', { name: 'Email template' }).inputValue()).toBe('notice')
  })

  it('REG-2: if everybody is refused, each reason is told and nothing is stored', async () => {
    const console = await written()
    const { page, mail } = console
    const before = (await mail.deliveries.messages()).items.length
    await to(console).fill('rude@example.org')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Send now' }).click()
    await dialog
      .getByRole('row', { name: /rude@example.org/ })
      .getByText('Not sent')
      .waitFor()
    await dialog.getByText('CUSTOM_BLOCKED').waitFor()
    expect((await mail.deliveries.messages()).items.length).toBe(before)
  })

  it('REG-1: says which address cannot be used, and sends nothing', async () => {
    const console = await written()
    const { page, mail } = console
    const before = (await mail.deliveries.messages()).items.length
    await to(console).fill('ann@example.org\nnobody')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send now' }).click()
    await page.getByRole('dialog').getByText('Recipient 2: nobody').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    expect((await mail.deliveries.messages()).items.length).toBe(before)
  })

  it('REG-1: waits for what is missing, for at most 20 people, each once, and for at most one variable', async () => {
    const console = await aConsole()
    const { page, go } = console
    await go('send')
    const send = page.getByRole('button', { name: 'Send', exact: true })
    await page.getByText('Choose a template.').waitFor()
    expect(await send.isDisabled()).toBe(true)
    await choose(console.page, 'Email template', 'voucher')
    await page.getByText('This template has more than one variable (name, code)').waitFor()
    await choose(console.page, 'Email template', 'notice')
    await page.getByText('Choose a sender address.').waitFor()
    await choose(console.page, 'Sender address', FROM)
    await page.getByText('Give at least one recipient.').waitFor()
    await to(console).fill(Array.from({ length: 21 }, (_, at) => `p${at}@example.org`).join('\n'))
    await page.getByText('21 of 20 recipients').waitFor()
    await page.getByRole('status').getByText('At most 20 recipients').waitFor()
    await to(console).fill('ann@example.org\nANN@example.org')
    await page.getByRole('status').getByText('ANN@example.org is there more than once').waitFor()
    await to(console).fill('ann@example.org')
    await page.getByText('Give a value for {{time}}.').waitFor()
    expect(await send.isDisabled()).toBe(true)
    await page.getByLabel('Value of {{time}}').fill('9')
    await expect.poll(() => send.isEnabled()).toBe(true)
    await page.getByLabel('Subject', { exact: true }).fill('{{#bad}}')
    await page.getByText('In the subject, column 1').waitFor()
    expect(await send.isDisabled()).toBe(true)
  })

  it('TPL-4: a subject with a variable of its own asks for its value', async () => {
    const console = await aConsole()
    const { page, mail, samples, go } = console
    await mail.templates.create({ name: 'plain', text: 'No variable, no subject.' })
    await go('templates')
    await page.getByRole('link', { name: 'Send an email with plain' }).click()
    await page.getByText('Give a subject.').waitFor()
    await page.getByLabel('Subject', { exact: true }).fill('For {{who}}')
    await page.getByLabel('Value of {{who}}').fill('everybody')
    await choose(console.page, 'Sender address', FROM)
    await to(console).fill('fay@example.org')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('dialog').getByText('For everybody').waitFor()
    await page.getByRole('button', { name: 'Send now' }).click()
    await page.getByText('All 1 accepted').waitFor()
    await mail.tick()
    samples.transport.assertSent({ to: 'fay@example.org', contains: 'Subject: For everybody' }, 1)
  })

  it('leads to what has to be made first, while there is nothing to send', async () => {
    const { page, mail, go } = await aConsole({ empty: true })
    await go('send')
    await page.getByRole('link', { name: 'Create template' }).waitFor()
    await mail.templates.create({ name: 'notice', subject: 'Hi', text: 'Hi' })
    await go('send')
    await page.getByRole('link', { name: 'Create sender address' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sender addresses' }).waitFor()
  })

  it(`REG-1: the address of the page chooses template and sender: ?template=notice&from=news@${DOMAIN}`, async () => {
    const { page, go } = await aConsole()
    await go(`send?template=notice&from=news@${DOMAIN}`)
    await page.getByText('We open at [time] tomorrow.').waitFor()
    expect(await page.getByRole('combobox', { name: 'Sender address' }).inputValue()).toContain(`news@${DOMAIN}`)
  })

  it('ACC-3: a viewer cannot send', async () => {
    const { page, go } = await aConsole({ role: 'viewer' })
    await go('send')
    await page.getByText('Your role cannot see this page.').waitFor()
  })
})
