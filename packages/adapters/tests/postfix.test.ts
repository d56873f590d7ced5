import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { directMx } from '@mailwright/adapters/transport/direct-mx'
import { smtp } from '@mailwright/adapters/transport/smtp'
import type { Transport } from '@mailwright/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPostfix, type Postfix, startPostfix } from './postfix.js'

const never = new AbortController().signal
const COUNT = 500
const pieces = [
  '\r\n',
  '\n',
  '\r',
  '.',
  '..',
  '\0',
  'a',
  '\r\n.\r\n',
  '\n.\n',
  '\r.\r',
  '\n.\r\n',
  '\r\n.\n',
  '\r.\r\n',
  'RSET',
  ' ',
]
const evil = 'MAIL FROM:<evil@x>\r\nRCPT TO:<victim@example.org>\r\nDATA\r\nX-Id: smuggled\r\n\r\n'
const suite = hasPostfix() ? describe : describe.skip
const title = hasPostfix() ? 'Postfix' : 'Postfix [no postfix: install it, and run as root]'

/** What arrives of a body: its line ends made one, the last one there. */
const asDelivered = (body: string): string => {
  const text = body.replace(/\r\n|\r|\n/g, '\n')
  return text.endsWith('\n') ? text : `${text}\n`
}

suite(title, () => {
  let postfix: Postfix
  beforeAll(async () => {
    postfix = await startPostfix()
  })
  afterAll(() => postfix.stop())

  const ways: readonly (readonly [string, (port: number) => Transport])[] = [
    ['smtp', (port) => smtp({ url: `smtp://127.0.0.1:${port}`, connections: 8 })],
    [
      'directMx',
      (port) => {
        const zone = {
          'example.org': { mx: [{ preference: 10, exchange: 'mx.example.org' }] },
          'mx.example.org': { address: ['127.0.0.1'] },
        }
        return directMx({ port, dns: fixedDns(zone), allowPrivateNetworks: true, mtaSts: false })
      },
    ],
  ]

  it.each(ways)(
    `T2: ${COUNT} bodies by %s arrive once each, whatever stands round an end of data in them`,
    async (name, open) => {
      const lists = fc.sample(fc.array(fc.constantFrom(...pieces, evil), { maxLength: 12 }), {
        numRuns: COUNT,
        seed: 5_321,
      })
      const bodies = lists.map((list) => `\n${list.join('')}`)
      const transport = open(postfix.port)
      const results = await Promise.all(
        bodies.map((body, at) => {
          const content = Buffer.from(`Subject: x\r\nX-Id: ${name}-${at}-\r\n\r\n${body}`, 'latin1')
          const envelope = { from: 'bounce@mail.example', to: ['ann@example.org'] }
          return transport.send({ id: `${name}${at}`, route: null, envelope, content }, never)
        }),
      )
      await transport.close()
      expect(new Set(results.map(({ recipients }) => recipients[0]?.type))).toEqual(new Set(['accepted']))
      const own = () => postfix.delivered().filter((mail) => mail.includes(`\nX-Id: ${name}-`))
      await expect.poll(() => own().length, { timeout: 50_000, interval: 200 }).toBeGreaterThanOrEqual(COUNT)
      const arrived = new Map(
        own().map((mail) => [/^X-Id: (\S+)$/m.exec(mail)?.[1] ?? '', mail.slice(mail.indexOf('\n\n') + 2)]),
      )
      expect(own()).toHaveLength(COUNT)
      bodies.forEach((body, at) => {
        expect(arrived.get(`${name}-${at}-`), `${name} ${at}`).toBe(asDelivered(body))
      })
      expect(postfix.delivered().some((mail) => /^X-Id: smuggled$/m.test(mail.slice(0, mail.indexOf('\n\n'))))).toBe(
        false,
      )
    },
  )
})
