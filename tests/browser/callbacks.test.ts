import { answered } from '@mailwright/adapters/callback/capture'
import { Webhook } from 'standardwebhooks'
import { expect, it } from 'vitest'
import { publish, sampleService } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole } from './a-console.js'
import { choose } from './choose.js'

const DOMAIN = 'mail.shop.example'
const FROM = `hello@${DOMAIN}`
const OTHER = `news@${DOMAIN}`
const URL = 'https://hooks.shop.example:8080/mail'

/** A console over an account that can send, and a receiver that answers with `status`. */
async function aReceiver(role: 'admin' | 'viewer' = 'admin') {
  const receiver = { status: 204 }
  const service = await sampleService({ receiver: () => answered(receiver.status) })
  const { mail, zone, callbacks } = service
  publish(zone, (await mail.domains.create({ name: DOMAIN })).rows)
  await mail.domains.verify(DOMAIN)
  await mail.ensure({
    senders: [{ address: FROM }, { address: OTHER }],
    templates: [{ name: 'notice', subject: 'Hello', text: 'Hello' }],
  })
  const opened = await aConsole({ service, role })
  /** Sends a mail to each, and tells what became of it. */
  const send = async (...to: readonly string[]) => {
    for (const one of to) await mail.sendRegular({ from: FROM, to: [one], template: 'notice' })
    await mail.tick()
    await mail.tick()
  }
  const parked = async () => (await mail.callbacks.attempts({ state: 'parked', limit: 100 })).items
  return { ...opened, receiver, posted: callbacks, send, parked }
}

needs('chromium')('callback addresses in the console', () => {
  it('CBK-2: one that does not answer its ping is refused with the reason, and saved by force; its secret is shown once', async () => {
    const { page, mail, receiver, go, troubles } = await aReceiver()
    receiver.status = 500
    await go('callbacks')
    await page.getByText('No account-level callback').waitFor()
    await page.getByRole('button', { name: 'Set account-level callback' }).click()
    const dialog = page.getByRole('dialog', { name: 'Set account-level callback' })
    await dialog.getByLabel('Callback address').fill('https://hooks.shop.example/mail')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('one of the ports').waitFor()
    await dialog.getByLabel('Callback address').fill(URL)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('alert').getByText('status 500').waitFor()
    expect((await mail.callbacks.list()).items).toEqual([])

    await dialog.getByLabel('Save it even if it does not answer').check()
    await choose(dialog, 'Shape of the events', /Tencent/)
    await dialog.getByRole('button', { name: 'Save' }).click()
    const secretDialog = page.getByRole('dialog', { name: 'The secret of this endpoint' })
    const secret = (await secretDialog.getByText(/^whsec_/).textContent()) ?? ''
    await page.keyboard.press('Escape')
    await secretDialog.getByRole('button', { name: 'Copy: Secret' }).waitFor()
    await secretDialog.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('never: saved by force').waitFor()
    expect(await page.getByText(secret).count()).toBe(0)
    expect((await mail.callbacks.list()).items).toMatchObject([
      { level: 'account', url: URL, compat: 'tencent', verifiedAt: null },
    ])
    expect(troubles).toEqual([])
  })

  it('CBK-3: what is shown as the secret signs, and a rotated one signs beside it', async () => {
    const { page, mail, posted, go, troubles } = await aReceiver()
    await go('callbacks')
    await page.getByRole('button', { name: 'Set account-level callback' }).click()
    await page.getByRole('dialog').getByLabel('Callback address').fill(URL)
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    const secretDialog = page.getByRole('dialog', { name: 'The secret of this endpoint' })
    const shown = async () => {
      const secret = (await secretDialog.getByText(/^whsec_/).textContent()) ?? ''
      await secretDialog.getByRole('button', { name: 'I have kept it' }).click()
      await secretDialog.waitFor({ state: 'hidden' })
      return secret
    }
    const first = await shown()
    await page.getByRole('button', { name: 'Rotate secret' }).click()
    const dialog = page.getByRole('dialog', { name: 'Rotate secret' })
    await dialog.getByLabel('The former secret signs for (hours)').fill('24')
    await dialog.getByRole('button', { name: 'Rotate secret' }).click()
    const second = await shown()
    expect(second).not.toBe(first)
    expect((await mail.callbacks.list()).items).toMatchObject([{ secrets: 2 }])

    posted.clear()
    await page.getByRole('button', { name: 'Send a ping' }).click()
    await page.getByText('It answered the ping', { exact: true }).waitFor()
    const [ping] = posted.posted
    expect(ping?.event).toMatchObject({ event: 'ping' })
    const { headers = {}, body = '' } = ping?.request ?? {}
    for (const secret of [first, second]) expect(new Webhook(secret).verify(body, { ...headers })).toBeTruthy()

    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByRole('dialog').getByLabel('Callback address').fill(`${URL}/v2`)
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect((await mail.callbacks.list()).items).toMatchObject([{ url: `${URL}/v2`, secrets: 2 }])
    expect(troubles).toEqual([])
  })

  it('CBK-1: a sender with its own tells only that one, as trying it says; without any, nobody is told', async () => {
    const { page, mail, go, troubles } = await aReceiver()
    await mail.callbacks.setAccount({ url: URL })
    await go('callbacks')
    await page.getByRole('button', { name: 'Set sender-level callback' }).click()
    const dialog = page.getByRole('dialog', { name: 'Set sender-level callback' })
    await dialog.getByLabel('Sender address').fill(OTHER)
    await dialog.getByLabel('Callback address').fill('https://news.shop.example:8081/mail')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'I have kept it' }).click()
    const own = page.getByRole('group', { name: OTHER })
    await own.getByText('https://news.shop.example:8081/mail').waitFor()
    expect((await mail.callbacks.resolve({ sender: OTHER }))?.level).toBe('sender')
    await keepScreenshot({ page }, 'callbacks')

    const asked = page.getByRole('combobox', { name: 'Sender address' })
    const ask = async (sender: string) => {
      await asked.fill(sender)
      await asked.press('Escape')
      await page.getByRole('button', { name: 'Ask', exact: true }).click()
    }
    await ask(OTHER)
    await page.getByText(`The events of ${OTHER} go to its own endpoint only:`).waitFor()
    await ask(FROM)
    await page.getByText(`${FROM} has none of its own`).waitFor()

    for (const card of [own, page.getByRole('group', { name: 'Account level' })]) {
      await card.getByRole('button', { name: 'Delete' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
      await card.waitFor({ state: 'hidden' })
    }
    expect((await mail.callbacks.list()).items).toEqual([])
    await page.getByText(`Nobody is told the events of ${FROM}.`).waitFor()
    expect(troubles).toEqual([])
  })

  it('CBK-4: one that said it is gone is taken up again when it answers, and by force when it does not', async () => {
    const { page, mail, receiver, send, go, troubles } = await aReceiver()
    await mail.callbacks.setAccount({ url: URL })
    receiver.status = 410
    await send('ann@example.org')
    const state = async () => (await mail.callbacks.list()).items[0]?.state
    await expect.poll(state).toBe('gone')
    await go('callbacks')
    await page.getByText('it said that it is gone').waitFor()
    await page.getByRole('button', { name: 'Take up again' }).click()
    await page.getByRole('dialog').getByText('status 410').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    expect(await state()).toBe('gone')
    await page.getByRole('button', { name: 'Take up without a ping' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('Active', { exact: true }).waitFor()
    expect(await state()).toBe('active')

    await send('bob@example.org')
    await expect.poll(state).toBe('gone')
    receiver.status = 204
    await go('callbacks')
    await page.getByRole('button', { name: 'Take up again' }).click()
    await page.getByText('Active', { exact: true }).waitFor()
    expect(await state()).toBe('active')
    expect(troubles).toEqual([])
  })
})

needs('chromium')('attempts of callbacks in the console', () => {
  it('CBK-4: they are filtered by state, endpoint and message, each with its response', async () => {
    const { page, mail, receiver, send, go, troubles } = await aReceiver()
    const { id } = await mail.callbacks.setAccount({ url: URL })
    await send('ann@example.org')
    receiver.status = 500
    await send('bob@example.org')
    const attempts = async () => (await mail.callbacks.attempts()).items
    await expect.poll(async () => (await attempts()).map(({ state }) => state).sort()).toEqual(['failed', 'told'])
    const told = (await attempts()).find(({ state }) => state === 'told')
    await go('callbacks')
    await page.getByRole('group', { name: 'Account level' }).getByRole('link', { name: 'Attempts' }).click()
    await page.getByText('2 rows').waitFor()
    expect(page.url()).toContain(`callback=${id}`)
    await page
      .getByRole('row', { name: /status 500/ })
      .getByText('Failed')
      .waitFor()
    await choose(page, 'State', /^Told$/)
    await page.getByText('1 row', { exact: true }).waitFor()
    await page.getByText('answered 2xx').waitFor()
    await go(`callbacks/attempts?message=${told?.message}`)
    await page.getByText('1 row', { exact: true }).waitFor()
    await page.getByLabel('Message id').fill('')
    await page.getByText('2 rows').waitFor()
    expect(troubles).toEqual([])
  })

  it('CBK-4: parked events are replayed one by one, those that are chosen, and those of a period', async () => {
    const { page, mail, receiver, posted, send, parked, go, troubles } = await aReceiver()
    const { id } = await mail.callbacks.setAccount({ url: URL })
    receiver.status = 410
    await send('a@example.org', 'b@example.org', 'c@example.org', 'd@example.org', 'e@example.org')
    await expect.poll(async () => (await parked()).length).toBe(5)
    receiver.status = 204
    await mail.callbacks.enable({ id })
    posted.clear()

    await go('callbacks/attempts?state=parked')
    await page.getByText('5 rows').waitFor()
    await keepScreenshot({ page }, 'callbacks-parked')
    await page.getByRole('button', { name: 'Replay', exact: true }).first().click()
    await page.getByText('4 rows').waitFor()
    expect(await parked()).toHaveLength(4)

    for (const at of [1, 2]) await page.getByRole('checkbox').nth(at).check()
    await page.getByRole('button', { name: 'Replay selected' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click()
    await page.getByText('2 are told again').waitFor()
    await page.getByText('2 rows').waitFor()
    expect(await parked()).toHaveLength(2)

    const replayPeriod = async (from: string) => {
      await page.getByRole('button', { name: 'Replay a period' }).click()
      await page.getByRole('dialog').getByLabel('Happened from').fill(from)
      await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click()
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await replayPeriod('2999-01-01T00:00')
    await page.getByText('0 are told again').waitFor()
    expect(await parked()).toHaveLength(2)
    await replayPeriod('')
    await page.getByText('Nothing is parked').waitFor()
    expect(await parked()).toEqual([])
    await mail.tick()
    const told = () => new Set(posted.posted.map(({ id: webhookId }) => webhookId)).size
    await expect.poll(told).toBe(5)
    expect(troubles).toEqual([])
  })

  it('ACC-3: a viewer sees endpoints and attempts, and no button that would be refused', async () => {
    const { page, mail, go, troubles } = await aReceiver('viewer')
    await mail.callbacks.setAccount({ url: URL })
    await go('callbacks')
    await page.getByText(URL).waitFor()
    for (const name of ['Send a ping', 'Change', 'Rotate secret', 'Delete', 'Set sender-level callback'])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0)
    await go('callbacks/attempts?state=parked')
    await page.getByText('Nothing is parked').waitFor()
    expect(await page.getByRole('button', { name: 'Replay a period' }).count()).toBe(0)
    expect(troubles).toEqual([])
  })
})
