import type { Case } from '../register-cases.js'
import { aMail, ann, bob, bytesOf, eve, outcomesOf, type TransportBench, typesOf } from './bench.js'
import { hostileAddresses, refusedOrWhole } from './hostile.js'

const awkward = ['Subject: dots', '', '.', '..', '.leading', 'a.', '', '. ', 'x'.repeat(990), '.', 'end', ''].join(
  '\r\n',
)

/** What every transport promises, whatever is behind it. */
export const transportCases: readonly Case<TransportBench>[] = [
  {
    id: 'transport/declares-what-it-can',
    run: async ({ transport: { name, capabilities }, expect }) => {
      expect(name.length > 0).toBe(true)
      expect([capabilities.concurrency >= 1, capabilities.maxBytes >= 1]).toEqual([true, true])
      const { idempotent, smtpUtf8, sourceAddress, direct } = capabilities
      expect([idempotent, smtpUtf8, sourceAddress, direct].map((one) => typeof one)).toEqual(Array(4).fill('boolean'))
    },
  },
  {
    id: 'transport/accepted-arrives',
    run: async ({ transport, received, expect }) => {
      const mail = aMail()
      expect(typesOf(await outcomesOf(transport, mail))).toEqual(['accepted'])
      const [arrived, ...more] = await received()
      expect(more.length).toBe(0)
      expect(bytesOf(arrived?.content ?? Buffer.alloc(0))).toBe(bytesOf(mail.content))
      expect(arrived?.envelope ?? mail.envelope).toEqual(mail.envelope)
    },
  },
  {
    id: 'transport/same-bytes',
    run: async ({ transport, received, expect }) => {
      const mail = aMail({
        content: Buffer.concat([Buffer.from(awkward), Buffer.from([0xff, 0x00, 0xc3, 0x0d, 0x0a])]),
      })
      await outcomesOf(transport, mail)
      const [arrived] = await received()
      expect(bytesOf(arrived?.content ?? Buffer.alloc(0))).toBe(bytesOf(mail.content))
    },
  },
  {
    id: 'transport/one-outcome-per-recipient',
    run: async ({ transport, received, expect }) => {
      const outcomes = await outcomesOf(transport, aMail({ to: [ann, bob, eve] }))
      expect(typesOf(outcomes)).toEqual(['accepted', 'accepted', 'accepted'])
      const [arrived] = await received()
      expect(arrived?.envelope?.to ?? [ann, bob, eve]).toEqual([ann, bob, eve])
    },
  },
  {
    id: 'transport/refusal-is-a-value',
    run: async ({ transport, refuses, received, expect }) => {
      if (refuses === undefined) throw new Error('Give `refuses`, or leave this case out with a reason.')
      const outcomes = await outcomesOf(transport, aMail({ to: [ann, refuses, eve] }))
      expect(typesOf(outcomes)).toEqual(['accepted', 'refused', 'accepted'])
      const refused = outcomes[1]
      expect(refused?.type === 'refused' && refused.reply.code >= 400).toBe(true)
      const alone = await outcomesOf(transport, aMail({ to: [refuses] }))
      expect(typesOf(alone)).toEqual(['refused'])
      expect((await received()).length).toBe(1)
    },
  },
  {
    id: 'transport/null-sender',
    run: async ({ transport, received, expect }) => {
      const outcomes = await outcomesOf(transport, aMail({ from: '' }))
      expect(typesOf(outcomes)).toEqual(['accepted'])
      const [arrived] = await received()
      expect(arrived?.envelope?.from ?? '').toBe('')
    },
  },
  {
    id: 'transport/hostile-envelope-refused',
    run: async ({ transport, received, expect }) => {
      for (const address of hostileAddresses) {
        expect(await refusedOrWhole(transport, aMail({ to: [address] }))).toBe(true)
        expect(await refusedOrWhole(transport, aMail({ from: address }))).toBe(true)
      }
      const strangers = (await received())
        .flatMap(({ envelope }) => envelope?.to ?? [])
        .filter((to) => to !== ann && !hostileAddresses.includes(to))
      expect(strangers).toEqual([])
    },
  },
  {
    id: 'transport/abort-stops',
    run: async ({ transport, received, expect }) => {
      const outcomes = await outcomesOf(transport, aMail({ to: [ann, bob] }), AbortSignal.abort())
      expect(typesOf(outcomes)).toEqual(['unreached', 'unreached'])
      expect(await received()).toEqual([])
    },
  },
  {
    id: 'transport/sends-at-once',
    run: async ({ transport, received, expect }) => {
      const mails = Array.from({ length: 20 }, () => aMail())
      const outcomes = await Promise.all(mails.map((mail) => outcomesOf(transport, mail)))
      expect(outcomes.flatMap(typesOf).filter((type) => type !== 'accepted')).toEqual([])
      const arrived = (await received()).map(({ content }) => bytesOf(content))
      expect([...arrived].sort()).toEqual(mails.map(({ content }) => bytesOf(content)).sort())
    },
  },
  {
    id: 'transport/close-waits-for-running-sends',
    run: async ({ transport, received, expect }) => {
      const sending = Promise.all(Array.from({ length: 3 }, () => outcomesOf(transport, aMail())))
      const closing = transport.close()
      expect((await sending).flatMap(typesOf)).toEqual(['accepted', 'accepted', 'accepted'])
      await closing
      await transport.close()
      expect((await received()).length).toBe(3)
    },
  },
]
