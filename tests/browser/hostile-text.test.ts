import type { ProviderEvent } from '@mailwright/core'
import { expect, it } from 'vitest'
import { FROM, fillSamples, type SampleService, sampleService } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { hostileMarkup } from '../threats/hostile-markup.js'
import { aConsole } from './a-console.js'

/** Every fifth of them all: each payload, and each way to end the place it stands in. */
const payloads = hostileMarkup
  .filter((_, at) => at % 5 === 0)
  .map((text) => text.replaceAll(/[{}]/g, '(').replaceAll(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/gu, ' '))
const short = (text: string) => text.slice(0, 100)

/** An account in which whatever people, files and other servers can write is an attack. */
async function hostileService(): Promise<SampleService> {
  let answers = 0
  const samples = await sampleService({ refusal: () => payloads[answers++ % payloads.length] ?? '' })
  await fillSamples(samples)
  const { mail } = samples
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const rows = payloads.map((text, at) => `gone${at}@example.org,${quoted(text)},${at}`)
  await mail.groups.create({ name: short(`group ${payloads[0]}`), description: payloads[1] })
  await mail.groups.create({ name: 'attacked', description: payloads[2] })
  await mail.groups.importCsv('attacked', `email,name,code\n${rows.join('\n')}\n`)
  for (const [at, text] of payloads.slice(0, 60).entries()) {
    await mail.templates.create({
      name: short(`${at} ${text}`),
      subject: `Hello ${text}`,
      text: `Dear {{name}} ${text}`,
    })
    await mail.blocklist.custom.add({ addresses: [`blocked${at}@example.org`], reason: text })
    await mail.groups.create({ name: short(`${at} ${text}`) })
  }
  const what = { from: FROM, template: 'voucher', group: 'attacked' } as const
  await mail.tasks.create({
    type: 'immediate',
    name: short(`${payloads[3]}`),
    tags: { team: short(`${payloads[4]}`) },
    ...what,
  })
  await mail.domains.setTags('news.shop.example', { '<b>key': short(`${payloads[5]}`) })
  await mail.apiKeys.create({ name: short(`${payloads[6]}`), role: 'viewer' })
  await mail.tick()
  await visits(mail)
  return samples
}

/** Whatever opens and clicks says of itself is untrusted, too. */
async function visits(mail: SampleService['mail']): Promise<void> {
  const { items } = await mail.deliveries.messages({ limit: 100 })
  const events = items.map(
    ({ id }, at): ProviderEvent => ({
      key: `hostile ${id}`,
      at: Date.now(),
      message: id,
      recipient: null,
      happened: { type: 'clicked', userAgent: payloads[at] ?? '', link: `https://shop.example/?q=${payloads[at]}` },
    }),
  )
  await mail.ingest.provider('toy', { headers: {}, body: JSON.stringify(events) })
}

needs('chromium')('hostile text in the console', () => {
  it(`T18: ${payloads.length} attacks in names, subjects, bodies, CSV cells and replies run nothing and ask nobody`, async () => {
    const { page, mail, go, troubles } = await aConsole({ service: await hostileService() })
    const message = (await mail.deliveries.messages({ limit: 1 })).items[0]?.id ?? ''
    const task = (await mail.tasks.list({ limit: 1 })).items[0]?.id ?? ''
    const template = short(`0 ${payloads[0]}`)
    const paths = [
      ...['', 'domains', 'domains/news.shop.example', 'senders', 'templates', 'callbacks', 'dedicated-ips', 'send'],
      ...['groups', 'groups/attacked', `groups/${encodeURIComponent(short(`0 ${payloads[0]}`))}`, 'tasks', 'tasks/new'],
      ...[`tasks/${task}`, `templates/${encodeURIComponent(template)}`, 'sending-data', 'tracking-data'],
      ...['tracking-settings', 'queue', 'messages', `messages/${message}`, 'visits', 'complaints', 'bounces'],
      ...['unsubscribes', 'blocklist', 'blocklist/custom', 'blocklist/mine', 'doctor', 'api-keys', 'audit', 'people'],
    ]
    for (const path of paths) {
      await go(path)
      await page.waitForLoadState('networkidle')
      // Whatever asks for a touch gets one.
      await page.mouse.move(640, 450)
      for (const table of await page.getByRole('table').all()) await table.press('End')
      expect(troubles, path).toEqual([])
    }
    for (const text of [payloads[8], payloads[9]])
      for (const path of [
        `messages?recipient=${encodeURIComponent(`${text}`)}`,
        `blocklist?address=${encodeURIComponent(`${text}`)}`,
      ])
        await go(path)
    expect(troubles).toEqual([])
  }, 600_000)
})
