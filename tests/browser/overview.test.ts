import { answered, captureCallbackClient } from '@mailwright/adapters/callback/capture'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { DOMAIN, FROM, fillSamples, publish, sampleService } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole } from './a-console.js'

/** In the page: tests know no document. */
const styleOf = (page: Page, selector: string): Promise<{ readonly background: string; readonly border: string }> =>
  page.evaluate(`(() => {
    const style = getComputedStyle(document.querySelector('${selector}'))
    return { background: style.backgroundColor, border: style.borderTopWidth }
  })()`)

/** A service whose receiver answers the ping, and is gone afterwards. */
async function withParkedEvent() {
  const samples = await sampleService()
  await samples.mail.stop()
  const { zone } = samples
  const storage = memoryStorage()
  const transport = captureTransport()
  let gone = false
  const callbacks = captureCallbackClient({ answer: () => answered(gone ? 410 : 204) })
  const options = { storage, transport, resolver: zone, callbackClient: callbacks, secret: 'a secret only for samples' }
  const mail = await createMailService(options)
  publish(zone, (await mail.domains.create({ name: DOMAIN })).rows)
  await mail.domains.verify(DOMAIN)
  await mail.senders.create({ address: FROM })
  await mail.callbacks.setAccount({ url: 'http://hooks.shop.example:8080/mail' })
  gone = true
  await mail.send({ from: FROM, to: ['ann@example.org'], subject: 'Hello', text: 'Hello' })
  await mail.tick()
  return { mail, zone, transport, callbacks, storage }
}

needs('chromium')('the overview of the console', () => {
  it('leads a newcomer from the first domain to the first mail, then gets out of the way', async () => {
    const { page, mail, samples, go, troubles } = await aConsole({ empty: true })
    await go('')
    const steps = page.getByRole('list', { name: 'Getting started' })
    await page.getByText('0 of 5 done').waitFor()
    await keepScreenshot({ page }, 'overview-empty')
    await steps.getByRole('link', { name: 'Verify a sender domain' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sender domains' }).waitFor()

    const { rows } = await mail.domains.create({ name: DOMAIN })
    publish(samples.zone, rows)
    await mail.domains.verify(DOMAIN)
    await mail.senders.create({ address: FROM })
    await mail.templates.create({ name: 'notice', subject: 'Hello', text: 'Hello' })
    await go('')
    await page.getByText('3 of 5 done').waitFor()
    await steps.getByRole('listitem').filter({ hasText: 'Create a sender address' }).getByText('Done').waitFor()
    await steps.getByRole('listitem').filter({ hasText: 'Create a recipient group' }).getByText('To do').waitFor()

    await mail.groups.create({ name: 'readers' })
    await mail.sendRegular({ from: FROM, to: ['ann@example.org'], template: 'notice' })
    await go('')
    await page.getByRole('heading', { name: 'Allowance of today' }).waitFor()
    await page.getByRole('link', { name: DOMAIN }).waitFor()
    expect(await page.getByText('Getting started').count()).toBe(0)
    expect(troubles).toEqual([])
  })

  it('shows today at a glance: allowance, the last hour, paused tasks and why, findings', async () => {
    const samples = await sampleService()
    await fillSamples(samples)
    const { mail: filled } = samples
    const [task] = (await filled.tasks.list({ state: 'to-start' })).items
    await filled.tasks.pause(task?.id ?? '')
    const { page, mail, go, troubles } = await aConsole({ service: samples })
    await go('')
    const { allowance } = await mail.domains.get(DOMAIN)
    const used = `${allowance?.usedToday} of ${allowance?.dailyLimit}`
    await page.getByRole('progressbar', { name: `${DOMAIN}: ${used}` }).waitFor()
    await page.getByText('somebody paused it').waitFor()
    const { series } = await mail.deliveries.queueStatus()
    const sent = series.reduce((sum, point) => sum + point.sent, 0)
    await page.getByRole('link', { name: `Sent ${sent}`, exact: true }).waitFor()
    await page.getByText('errors 0, warnings 1').waitFor()
    await keepScreenshot({ page }, 'overview')
    await page.getByRole('link', { name: 'Next week' }).click()
    await expect.poll(() => page.url()).toContain(`#/tasks/${task?.id}`)
    expect(troubles).toEqual([])
  })

  it('CBK-4: says how many events are parked because their receiver is gone, and leads to them', async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await withParkedEvent() })
    expect((await mail.callbacks.attempts({ state: 'parked' })).items).toHaveLength(1)
    await go('')
    await page.getByText('Parked callback events: 1.').waitFor()
    await page.getByRole('link', { name: 'Look at callbacks' }).click()
    await expect.poll(() => page.url()).toContain('#/callbacks')
    expect(troubles).toEqual([])
  })

  it('ACC-3: the doctor says nothing to those who are no operators', async () => {
    const { page, go } = await aConsole({ role: 'viewer' })
    await go('')
    await page.getByRole('heading', { name: 'The last hour' }).waitFor()
    expect(await page.getByText('What the doctor found').count()).toBe(0)
    await go('doctor')
    await page.getByRole('heading', { name: 'Your role cannot see this page.' }).waitFor()
  })

  it.each(['light', 'dark'] as const)('has panels that stand out in %s colours', async (colorScheme) => {
    const { page, go } = await aConsole({ context: { colorScheme } })
    await go('')
    await page.getByRole('heading', { name: 'The last hour' }).waitFor()
    const panel = await styleOf(page, '.panel')
    expect(panel.border).toBe('1px')
    expect(panel.background).not.toBe((await styleOf(page, 'body')).background)
  })
})
