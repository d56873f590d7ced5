import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { MailError, type Storage } from '@mailwright/core'
import PostalMime from 'postal-mime'
import { aHandler, SENDER } from './a-handler.js'

const MOUNT = 'https://app.example/mail'
const START = Date.UTC(2026, 10, 23, 9)
export const MINUTE = 60_000
export const READER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0',
}

const BODY =
  '<html><body><p>Hello {{name}}, <a href="https://shop.example/sale?a=1&amp;b=2">the sale</a>, <a href="https://shop.example/of/{{name}}">yours</a></p></body></html>'

/** A storage that can be away: every call is refused then. */
export function aStorageThatGoes() {
  let away = false
  const guarded = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member === 'object' && member !== null && name !== 'capabilities') return guarded(member)
        if (typeof member !== 'function') return member
        return (...given: unknown[]) =>
          away
            ? Promise.reject(new MailError('STORAGE_UNAVAILABLE', { host: '10.0.0.7' }))
            : member.apply(target, given)
      },
    })
  const storage: Storage = guarded(memoryStorage())
  const go = (gone: boolean) => {
    away = gone
  }
  return { storage, go }
}

/**
 * A handler whose service has sent one tracked mail with an unsubscribe link, a minute ago; what stands in its bytes, as paths below the mount. `settled` handles
 * what has come in, a minute later.
 */
export async function aLinkedMail(options: Parameters<typeof aHandler>[0] = {}) {
  const clock = steppedClock(START)
  const all = await aHandler({ ...options, service: { clock, dns: { dkim: 'transport' }, ...options.service } })
  const { mail, transport, storage } = all
  await mail.templates.create({ name: 'news', subject: 'News', html: BODY })
  await mail.statistics.settings.setAccount({ opens: true, clicks: true })
  const news = {
    from: SENDER,
    to: 'ann@example.org',
    template: 'news',
    variables: { name: 'Ann' },
    unsubscribe: true,
  } as const
  const sent = await mail.send(news)
  const settled = async () => {
    await mail.tick({ maxMs: 60_000 })
    await clock.stepBy(MINUTE)
    await mail.tick({ maxMs: 60_000 })
  }
  await settled()
  const content = transport.messages.at(-1)?.content ?? new Uint8Array()
  const { html = '', text = '', headers } = await PostalMime.parse(content)
  const header = headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? ''
  const pathsIn = (given: string, path: string) =>
    [...given.matchAll(new RegExp(`${MOUNT}(/${path}/[\\w-]+)`, 'g'))].map(([, found]) => found ?? '')
  const id = sent.messages[0]?.id ?? ''
  /** What waits in memory for a storage that was away comes back in its own time, which is real. */
  const arrived = async () => {
    while ((await storage.read.nextDue({ kinds: ['track'], takeoverMs: 0 })) === null)
      await new Promise((resolve) => setImmediate(resolve))
    await settled()
  }
  const kinds = async () => (await mail.deliveries.timeline(id)).map(({ kind }) => kind)
  const rejects = async () => (await mail.blocklist.lookup('ann@example.org')).rejects
  return {
    ...all,
    clock,
    news,
    settled,
    arrived,
    kinds,
    rejects,
    timeline: () => mail.deliveries.timeline(id),
    html,
    pixel: pathsIn(html, 'o')[0] ?? '',
    clicks: pathsIn(html, 'c'),
    unsubscribe: pathsIn(header, 'unsubscribe')[0] ?? '',
    visible: [...pathsIn(html, 'unsubscribe'), ...pathsIn(text, 'unsubscribe')],
  }
}

/** Another token of the same form: its last character differs. */
export const changed = (path: string): string => `${path.slice(0, -1)}${path.endsWith('A') ? 'Q' : 'A'}`
