import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import { dkimVerify } from 'mailauth/lib/dkim/verify'
import { describe, expect, it } from 'vitest'
import { aDnsService, NEWS, NEWS_SENDER, publish, withNews } from './a-dns-domain.js'
import { aService, liveUntil, SENDER, START, settle, welcome } from './a-service.js'

const HOUR = 3_600_000
type NewsService = Awaited<ReturnType<typeof aDnsService>>

/** The selectors whose signatures hold by what DNS publishes. */
async function rightSignatures({ resolver }: NewsService, mail: Uint8Array): Promise<readonly string[]> {
  const find = async (name: string): Promise<string[][]> => {
    const answer = await resolver.txt(name)
    if (answer.type === 'found') return answer.records.map((record) => [record])
    throw Object.assign(new Error('no record'), { code: 'ENOTFOUND' })
  }
  const { results } = await dkimVerify(Buffer.from(mail), { resolver: find, minBitLength: 1_024 })
  return results.flatMap(({ status, selector, signingDomain }) =>
    status.result === 'pass' && signingDomain === NEWS ? [selector ?? ''] : [],
  )
}

const headerOf = (mail: Uint8Array, name: string): string =>
  new RegExp(`^${name}: ((?:[^\\r]|\\r\\n[ \\t])*)`, 'im').exec(Buffer.from(mail).toString('latin1'))?.[1] ?? ''

const contentsOf = ({ transport }: NewsService) => transport.messages.map(({ content }) => content)

describe('mail of a domain of ours', () => {
  it('DOM-8: is signed under what DNS publishes, with the old key until the records of the new ones pass, with both new ones then', async () => {
    const service = await withNews(await aDnsService())
    const { mail, resolver } = service
    const [old] = (await mail.domains.get(NEWS)).dkim
    const send = async (key: string) => {
      await mail.send({ ...welcome, from: NEWS_SENDER, to: 'ann@example.org', idempotencyKey: key })
      await settle(service)
      return rightSignatures(service, contentsOf(service).at(-1) ?? new Uint8Array())
    }
    expect(await send('before')).toEqual([old?.selector])
    await mail.domains.rotateDkim(NEWS, { keys: 'rsa-ed25519' })
    expect(await send('published nowhere yet')).toEqual([old?.selector])
    await publish(mail, resolver)
    await liveUntil(service, START + 4 * HOUR)
    const fresh = (await mail.domains.get(NEWS)).dkim.filter(({ state }) => state === 'active')
    expect(await send('after')).toEqual(fresh.map(({ selector }) => selector))
    expect(fresh).toHaveLength(2)
  })

  it('DOM-8, TRG-4, K9: each of 1,000 mails of a batch names From and both List-Unsubscribe fields in what is signed, once more than there are', async () => {
    const service = await withNews(await aDnsService({ more: { policy: { startLevel: 20 } } }))
    const { mail } = service
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv(
      'readers',
      `email,name\n${Array.from({ length: 1_000 }, (_, n) => `r${n}@readers.example,R ${n}`).join('\n')}\n`,
    )
    await mail.tasks.create({ type: 'immediate', from: NEWS_SENDER, template: 'welcome', group: 'readers' })
    await settle(service)
    const sent = contentsOf(service)
    expect(sent).toHaveLength(1_000)
    for (const content of sent) {
      expect(await rightSignatures(service, content)).toHaveLength(1)
      const signed = (/h=([^;]*);/.exec(headerOf(content, 'DKIM-Signature'))?.[1] ?? '').replace(/\s/g, '').split(':')
      for (const name of ['from', 'subject', 'date', 'list-unsubscribe', 'list-unsubscribe-post'])
        expect(signed.filter((one) => one === name)).toHaveLength(2)
      expect(headerOf(content, 'List-Unsubscribe')).toMatch(/^<https:\/\//)
      expect(headerOf(content, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
    }
  })

  it('DOM-8: never leaves unsigned: without the secret of its key it waits, the doctor says why, and it goes when the secret is back', async () => {
    const storage = memoryStorage()
    const ours = { dns: { dkim: 'ours' as const } }
    const first = await aService({ storage, more: ours })
    await first.mail.send({ ...welcome, to: 'ann@example.org' })
    const transport = captureTransport()
    const wrong = await createMailService({
      storage,
      transport,
      clock: first.clock,
      secret: 'quite another secret',
      ...ours,
    })
    await wrong.tick()
    expect(transport.messages).toEqual([])
    const found = (await wrong.doctor()).find(({ code }) => code === 'DKIM_KEY_UNREADABLE')
    expect(found).toMatchObject({ level: 'error', message: expect.stringContaining(SENDER.split('@')[1] ?? '') })
    await first.clock.stepBy(HOUR)
    await settle(first)
    expect(first.transport.messages).toHaveLength(1)
    expect(headerOf(first.transport.messages[0]?.content ?? new Uint8Array(), 'DKIM-Signature')).toContain(
      'a=rsa-sha256',
    )
    expect((await first.mail.doctor()).map(({ code }) => code)).not.toContain('DKIM_KEY_UNREADABLE')
  })

  it('DOM-10: is left to the transport where that signs', async () => {
    const service = await aService({ more: { dns: { dkim: 'transport' } } })
    await service.mail.send({ ...welcome, to: 'ann@example.org' })
    await settle(service)
    expect(headerOf(service.transport.messages[0]?.content ?? new Uint8Array(), 'DKIM-Signature')).toBe('')
  })

  it('TSK-13: the plan says which rules of bulk senders its mail would fail, and none that it keeps', async () => {
    const rulesOf = async (more: NonNullable<Parameters<typeof aDnsService>[0]>['more'], published = true) => {
      const service = await withNews(await aDnsService({ more: { ...more } }))
      if (!published) {
        for (const { name } of (await service.mail.domains.get(NEWS)).rows) service.resolver.remove(name)
        await service.mail.domains.verify(NEWS)
      }
      await service.mail.groups.create({ name: 'readers' })
      await service.mail.groups.importCsv('readers', 'email,name\nann@readers.example,Ann\n')
      const { warnings } = await service.mail.tasks.plan({ from: NEWS_SENDER, template: 'welcome', group: 'readers' })
      return warnings.flatMap((warning) => {
        if (warning.type === 'bulk-sender-unknown') return warning.rules.map((rule) => `${rule}?`)
        return warning.type === 'bulk-sender-rule' ? [warning.rule] : []
      })
    }
    expect(await rulesOf({})).toEqual([])
    expect(await rulesOf({}, false)).toEqual(['spf', 'dkim', 'dmarc'])
    expect(await rulesOf({ publicUrl: 'http://app.example/mail' })).toEqual(['one-click-unsubscribe'])
    // Who else signs decides that: assumed to be right it would be a promise of nobody's.
    expect(await rulesOf({ dns: { dkim: 'transport' } })).toEqual(['spf?', 'dkim?', 'alignment?'])
  })
})
