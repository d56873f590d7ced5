import { createServer } from 'node:net'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { isMailError } from '@mailwright/core'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { changed, dice } from '../threats/dice.js'
import { privateHosts } from '../threats/private-hosts.js'
import { aService, settle, welcome } from './a-service.js'
import { aTellingService, HOOK } from './callbacks-told.js'

afterEach(() => void vi.useRealTimers())

describe('callbacks', () => {
  it('CBK-3, T9: of 10,000 changed, aged or foreign ones the receiver’s library takes none', async () => {
    const service = await aTellingService()
    const { mail, callbacks, clock } = service
    const { secret } = await mail.callbacks.setAccount({ url: HOOK })
    await mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service)
    const { request } = callbacks.posted.at(-1) ?? {}
    const { body = '', headers = {} } = request ?? {}
    vi.useFakeTimers({ toFake: ['Date'], now: clock.now() })
    const webhook = new Webhook(secret ?? '')
    const takes = (text: string, given: Record<string, string>): boolean => {
      try {
        webhook.verify(text, given)
        return true
      } catch {
        return false
      }
    }
    expect(takes(body, { ...headers })).toBe(true)
    const roll = dice(9)
    const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
    let taken = 0
    for (let attempt = 0; attempt < 10_000; attempt++) {
      const name = names[roll(4)]
      const forged = name === undefined ? headers : { ...headers, [name]: changed(headers[name] ?? '', roll) }
      const text = name === undefined ? changed(body, roll) : body
      // What means the same is no forgery: `1700000000.` is read as the number, and of several signatures one has to hold.
      const sameTime =
        Number.parseInt(forged['webhook-timestamp'] ?? '', 10) ===
        Number.parseInt(headers['webhook-timestamp'] ?? '', 10)
      const sameSignature = (forged['webhook-signature'] ?? '').split(' ').includes(headers['webhook-signature'] ?? '')
      const same = text === body && sameTime && sameSignature && forged['webhook-id'] === headers['webhook-id']
      if (!same && takes(text, forged)) taken += 1
    }
    expect(taken).toBe(0)
    vi.setSystemTime(clock.now() + 301_000)
    expect(takes(body, { ...headers })).toBe(false)
  })

  it('CBK-2, CBK-5, T8: none of 300 spellings of private addresses is connected to, when it is saved or when it is told, forced or not', async () => {
    let touched = 0
    const canary = createServer((socket) => {
      touched += 1
      socket.destroy()
    })
    await new Promise<void>((resolve) => canary.listen(8_082, '127.0.0.1', resolve))
    let recipients = 0
    /** Saves the callback, lets something happen that it would be told, and takes it away again. */
    const tell = async (service: Awaited<ReturnType<typeof aTellingService>>, host: string, force: boolean) => {
      const { mail } = service
      try {
        const { id } = await mail.callbacks.setAccount({ url: `http://${host}:8082/`, force })
        await mail.send({ ...welcome, to: `r${recipients++}@office.example` })
        await settle(service)
        await mail.callbacks.delete(id)
        return 'saved'
      } catch (error) {
        return isMailError(error) ? error.code : String(error)
      }
    }
    const service = await aTellingService({ realClient: true })
    expect(privateHosts.length).toBeGreaterThanOrEqual(300)
    for (const host of privateHosts)
      for (const force of [false, true]) {
        // Forced, a name may be saved; what it leads to is looked at before every connection.
        const refusals = ['CALLBACK_UNREACHABLE', 'CALLBACK_URL_INVALID', 'INPUT_INVALID']
        expect([...refusals, ...(force ? ['saved'] : [])], host).toContain(await tell(service, host, force))
      }
    expect(touched).toBe(0)
    // The canary sings where private networks are allowed.
    await tell(await aTellingService({ realClient: true, policy: { allowPrivateNetworks: true } }), '127.0.0.1', true)
    expect(touched).toBeGreaterThan(0)
    await new Promise((resolve) => canary.close(resolve))
  })
})

describe('public links', () => {
  const aTrackedMail = async () => {
    const service = await aService({ more: { storage: memoryStorage() } })
    await service.mail.statistics.settings.setAccount({ opens: true, clicks: true })
    await service.mail.send({
      from: welcome.from,
      to: 'ann@readers.example',
      subject: 'x',
      html: '<p><a href="https://shop.example/one">1</a> <a href="https://shop.example/two">2</a> {{unsubscribe_url}}</p>',
      unsubscribe: true,
    })
    await settle(service)
    const text = Buffer.from(service.transport.messages[0]?.content ?? '')
      .toString('latin1')
      .replace(/=\r\n/g, '')
    const tokens = (kind: string) =>
      [...text.matchAll(new RegExp(`app\\.example/mail/${kind}/([\\w-]+)`, 'g'))].map((match) => match[1] ?? '')
    return { ...service, clicks: tokens('c'), opens: tokens('o'), unsubscribes: tokens('unsubscribe') }
  }

  it('TRK-1, T10, T11: of 20,000 changed tokens and 300 open redirects none leads anywhere or counts', async () => {
    const { mail, clicks, opens, unsubscribes } = await aTrackedMail()
    expect(clicks.length).toBeGreaterThan(0)
    const known = [...clicks, ...opens, ...unsubscribes]
    const roll = dice(10)
    const led: (string | null)[] = []
    for (let attempt = 0; attempt < 20_000; attempt++) {
      const token = changed(known[attempt % known.length] ?? '', roll)
      if (known.includes(token)) continue
      led.push(await mail.tracking.click(token))
      if (await mail.tracking.open(token)) led.push('open')
      if ((await mail.unsubscribes.find(token)) !== null) led.push('unsubscribe')
    }
    const sites = [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      'data:text/html,x',
      'https:evil.example',
    ]
    const wraps = [
      (s: string) => s,
      encodeURIComponent,
      (s: string) => `${clicks[0]}?url=${s}`,
      (s: string) => `${clicks[0]}/../${s}`,
      (s: string) => `${s}#${clicks[0]}`,
    ]
    const dressed = sites.flatMap((site) =>
      wraps.flatMap((wrap) =>
        ['', '%00', '\t', '\r\n', '@', ' ', '..', '%2e%2e', '\u3002', '%5c'].map((piece) => wrap(`${piece}${site}`)),
      ),
    )
    expect(dressed).toHaveLength(300)
    for (const token of dressed) led.push(await mail.tracking.click(token))
    expect(led.filter((where) => where !== null)).toEqual([])
    // Each is for its own purpose alone.
    expect(await mail.tracking.click(opens[0] ?? unsubscribes[0] ?? '')).toBeNull()
    expect(await mail.tracking.open(clicks[0] ?? '')).toBe(false)
    expect(await mail.unsubscribes.find(clicks[0] ?? '')).toBeNull()
  })

  it('TRK-3, T12: 10,000 looks at the page unsubscribe nobody; one confirmation does, before the next mail', async () => {
    const service = await aTrackedMail()
    const { mail, unsubscribes } = service
    const [token = ''] = unsubscribes
    for (let look = 0; look < 10_000; look++) await mail.unsubscribes.find(token)
    expect((await mail.unsubscribes.find(token))?.unsubscribed).toBe(false)
    expect(await mail.unsubscribes.confirm(token, { via: 'one-click' })).toBe(true)
    await expect(mail.send({ ...welcome, to: 'ann@readers.example' })).rejects.toMatchObject({
      code: 'RECIPIENT_REJECTED',
    })
  })
})
