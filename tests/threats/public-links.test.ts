import { describe, expect, it } from 'vitest'
import { createTokens } from '../../packages/core/src/use-cases/tokens.js'
import { aHandler, welcome } from '../../packages/http/tests/a-handler.js'
import { changed, type Dice, dice } from './dice.js'

const NOW = Date.UTC(2026, 10, 23, 12)
const DAY = 86_400_000
const message = { id: '019300aa-bbcc-7ddd-8eee-ff0011223344', acceptedAt: NOW }
const version = '019300aa-0000-7000-8000-000000000001'
const reader = { account: 'default', senderDomain: 'mail.shop.example', recipient: 'ann@shop.example' }

function madeBy(secret: string, mail = message) {
  const made = createTokens(secret).of(mail)
  return [made.open(), made.click(version, 7), made.sealed('https://shop.example/'), made.unsubscribe(reader)]
}

/** A byte exchanged, a bit turned, the tag made up, or a character changed. */
function forged(token: string, roll: Dice): string {
  const bytes = Buffer.from(token, 'base64url')
  switch (roll(4)) {
    case 0:
      bytes[roll(bytes.length)] = roll(256)
      break
    case 1: {
      const at = roll(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8))
      break
    }
    case 2:
      for (let at = bytes.length - 16; at < bytes.length; at += 4) bytes.writeUInt32BE(roll(2 ** 32), at)
      break
    default:
      return changed(token, roll)
  }
  return bytes.toString('base64url')
}

/** A mail of a batch has been sent; the token of its unsubscribe link. */
async function aMailWithLink() {
  const all = await aHandler()
  const { mail, transport } = all
  await mail.groups.create({ name: 'readers' })
  await mail.groups.importCsv('readers', 'email,name\nann@example.org,Ann\n')
  await mail.tasks.create({ type: 'immediate', from: welcome.from, template: 'welcome', group: 'readers' })
  await mail.tick()
  const content = Buffer.from(transport.messages[0]?.content ?? [])
    .toString()
    .replace(/\r\n[ \t]/g, '')
  const token = /<https:\/\/app\.example\/mail\/unsubscribe\/([\w-]+)>/.exec(content)?.[1] ?? ''
  return { ...all, token, rejects: async () => (await mail.blocklist.lookup('ann@example.org')).rejects }
}

describe('public links', () => {
  it('TRK-1, T10, T11: of 1,000,000 forged tokens none is read', () => {
    const secret = 'a secret that only tests use'
    const tokens = createTokens(secret)
    const own = madeBy(secret)
    const [open = '', click = '', sealed = '', unsubscribe = ''] = own
    const read = [tokens.readOpen, tokens.readClick, tokens.readClick, tokens.readUnsubscribe]
    expect([open, click, sealed, unsubscribe].map((token, at) => read[at]?.(token, NOW) !== null)).toEqual(
      Array(4).fill(true),
    )
    const roll = dice(11)
    let taken = 0
    let tried = 0
    for (let turn = 0; tried < 1_000_000; turn += 1) {
      const token = forged(own[turn & 3] ?? '', roll)
      if (own.includes(token)) continue
      tried += 1
      if (read[turn & 3]?.(token, NOW) !== null) taken += 1
    }
    expect(taken).toBe(0)
  })

  it('TRK-3, T10, T11: over HTTP 2,000 forged, foreign, aged and mistaken tokens all get one and the same answer', async () => {
    const { ask, token, rejects } = await aMailWithLink()
    expect(token).not.toBe('')
    const roll = dice(12)
    const secret = 'a secret only for the tests'
    const foreign = [
      ...madeBy('the secret of somebody else'),
      ...madeBy(secret, { ...message, acceptedAt: NOW - 400 * DAY }),
      ...madeBy(secret).slice(0, 3),
    ]
    const answers = new Set<string>()
    for (let attempt = 0; attempt < 2_000; attempt += 1) {
      const wrong = foreign[attempt] ?? forged(token, roll)
      if (wrong === token) continue
      const method = attempt % 2 === 0 ? 'GET' : 'POST'
      const path = `/unsubscribe/${encodeURIComponent(wrong)}`
      const response = await ask(path, { as: null, method, ...(method === 'POST' ? { body: '' } : {}) })
      answers.add(JSON.stringify([response.status, [...response.headers], await response.text()]))
    }
    expect([...answers].map((answer) => JSON.parse(answer)[0])).toEqual([404])
    expect(await rejects()).toEqual([])
  })

  it('TRK-3, T12: 10,000 looks over HTTP by GET and HEAD unsubscribe nobody; one POST does', async () => {
    const { ask, token, rejects, mail } = await aMailWithLink()
    const path = `/unsubscribe/${token}`
    const codes = new Set<number>()
    for (let look = 0; look < 10_000; look += 1) {
      const query = look % 5 === 0 ? '?List-Unsubscribe=One-Click' : ''
      const response = await ask(`${path}${query}`, { as: null, method: look % 2 === 0 ? 'GET' : 'HEAD' })
      codes.add(response.status)
      await response.body?.cancel()
    }
    expect([...codes]).toEqual([200])
    expect(await rejects()).toEqual([])
    await expect(mail.send(welcome)).resolves.toBeDefined()
    expect((await ask(path, { as: null, method: 'POST', body: 'List-Unsubscribe=One-Click' })).status).toBe(200)
    expect(await rejects()).toHaveLength(1)
    await expect(mail.send(welcome)).rejects.toMatchObject({ code: 'RECIPIENT_REJECTED' })
  })
})
