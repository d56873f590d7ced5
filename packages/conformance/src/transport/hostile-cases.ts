import type { Case } from '../register-cases.js'
import { aMail, ann, bob, eve, outcomesOf, type PeerBench, typesOf } from './bench.js'
import { pipelining } from './peer-cases.js'
import type { Answer, PeerScript } from './scripted-peer.js'

/** RecipientOutcome of the port: the text of a reply, at most. */
const TEXT_MAX = 2_000
const MEGABYTE = 2 ** 20

/** Runs one mail to two recipients against each script; no outcome may be any other than these. */
const endsAs = (
  id: string,
  allowed: readonly string[],
  scripts: readonly PeerScript[],
  { taken }: { readonly taken: number },
): Case<PeerBench> => ({
  id,
  run: async ({ open, expect }) => {
    for (const [at, script] of scripts.entries()) {
      const { peer, transport } = await open(script)
      const types = typesOf(await outcomesOf(transport, aMail({ to: [ann, bob] })))
      expect([at, types.length, types.filter((type) => !allowed.includes(type))]).toEqual([at, 2, []])
      await transport.close()
      expect([at, peer.taken.length]).toEqual([at, taken])
    }
  },
})

const plainAndPipelined = (script: PeerScript): readonly PeerScript[] => [script, { ...script, ...pipelining }]
const toBob =
  (answer: Answer): NonNullable<PeerScript['rcpt']> =>
  (to) =>
    to === bob ? answer : '250 2.1.5 ok'

const garbage: Answer = { raw: 'HTTP/1.1 200 OK\r\n', thenDrop: true }
const endless: Answer = { raw: `250 ${'x'.repeat(MEGABYTE)}`, thenDrop: true }

/** What a transport that speaks SMTP is true about when its peer breaks the protocol, by fault or on purpose. */
export const hostileCases: readonly Case<PeerBench>[] = [
  {
    id: 'transport/hostile-byte-by-byte',
    run: async ({ open, expect }) => {
      for (const script of plainAndPipelined({ drips: true, rcpt: toBob('550-5.1.1 no\n550 5.1.1 such user') })) {
        const { peer, transport } = await open(script)
        const outcomes = await outcomesOf(transport, aMail({ to: [ann, bob, eve] }))
        expect(typesOf(outcomes)).toEqual(['accepted', 'refused', 'accepted'])
        expect(peer.taken.map(({ envelope }) => envelope.to)).toEqual([[ann, eve]])
      }
    },
  },
  {
    id: 'transport/hostile-421-in-mid-session',
    run: async ({ open, expect }) => {
      const rcpt = toBob({ raw: '421 4.3.2 closing\r\n', thenDrop: true })
      for (const script of plainAndPipelined({ rcpt })) {
        const { peer, transport } = await open(script)
        expect(typesOf(await outcomesOf(transport, aMail()))).toEqual(['accepted'])
        const [outcome] = await outcomesOf(transport, aMail({ to: [bob] }))
        expect(outcome?.type === 'refused' ? outcome.reply.code : outcome?.type).toBe(421)
        // Mail afterwards goes over another connection, or waits for the server to have its rest.
        const [after] = typesOf(await outcomesOf(transport, aMail()))
        expect(after === 'accepted' || after === 'held').toBe(true)
        await transport.close()
        expect(peer.taken.length).toBe(after === 'accepted' ? 2 : 1)
      }
    },
  },
  endsAs(
    'transport/hostile-garbage-in-the-envelope',
    ['unreached'],
    [{ greeting: garbage }, { ehlo: garbage }, { mail: garbage }, { rcpt: () => garbage }, { data: garbage }],
    { taken: 0 },
  ),
  endsAs('transport/hostile-garbage-after-the-final-dot', ['unknown'], plainAndPipelined({ dot: garbage }), {
    taken: 1,
  }),
  endsAs(
    'transport/hostile-half-an-answer',
    ['unknown'],
    plainAndPipelined({ dot: { raw: '250 2.0.0 Ok: que', thenDrop: true } }),
    { taken: 1 },
  ),
  endsAs(
    'transport/hostile-half-an-answer-of-many-lines',
    ['unknown'],
    plainAndPipelined({ dot: { raw: '250-2.0.0 Ok\r\n', thenDrop: true } }),
    { taken: 1 },
  ),
  // Small content may be out with its final dot before the loss is noticed: then nobody knows.
  endsAs(
    'transport/hostile-dropped-after-354',
    ['unreached', 'unknown'],
    plainAndPipelined({ data: { raw: '354 go on\r\n', thenDrop: true } }),
    { taken: 0 },
  ),
  endsAs(
    'transport/hostile-line-without-end',
    ['unreached'],
    [{ greeting: endless }, { ehlo: endless }, { mail: endless }, { rcpt: () => endless }, { data: endless }],
    { taken: 0 },
  ),
  {
    id: 'transport/hostile-long-reply',
    run: async ({ open, expect }) => {
      const lines = Array.from({ length: 100 }, (_, at) => `550${at === 99 ? ' ' : '-'}5.7.1 ${'reason '.repeat(20)}`)
      const { transport } = await open({ rcpt: () => lines.join('\n') })
      const [outcome] = await outcomesOf(transport, aMail())
      expect(outcome?.type).toBe('refused')
      expect(outcome?.type === 'refused' && outcome.reply.text.length <= TEXT_MAX).toBe(true)
    },
  },
  endsAs(
    'transport/hostile-code-changes-within-a-reply',
    ['unreached', 'refused'],
    [{ rcpt: () => ({ raw: '250-2.1.5 ok\r\n550 5.1.1 no\r\n', thenDrop: true }) }],
    { taken: 0 },
  ),
  endsAs(
    'transport/hostile-consent-out-of-turn',
    ['unreached'],
    [
      { mail: '354 go on', rcpt: () => 'drop' },
      { data: '250 2.0.0 Ok: queued as 4TEST1', dot: 'drop' },
    ],
    { taken: 0 },
  ),
  endsAs('transport/hostile-354-to-the-final-dot', ['unknown'], [{ dot: { raw: '354 go on\r\n', thenDrop: true } }], {
    taken: 1,
  }),
  {
    id: 'transport/hostile-answers-before-it-is-asked',
    run: async ({ open, expect }) => {
      const said = ['220 peer.test', '250 peer.test', '250 ok', '250 ok', '354 go on', '250 2.0.0 queued', '']
      const silent: Answer = { raw: '' }
      const { transport } = await open({
        greeting: { raw: said.join('\r\n') },
        ehlo: silent,
        mail: silent,
        rcpt: () => silent,
        data: silent,
        dot: 'drop',
      })
      const [type] = typesOf(await outcomesOf(transport, aMail()))
      expect(type === 'unreached' || type === 'unknown').toBe(true)
    },
  },
  {
    id: 'transport/hostile-one-answer-too-many',
    run: async ({ open, expect }) => {
      const rcpt = (to: string): Answer => (to === ann ? '250 2.1.5 ok\n250 2.1.5 ok' : '550 5.1.1 no')
      for (const script of plainAndPipelined({ rcpt })) {
        const { peer, transport } = await open(script)
        const [, second] = typesOf(await outcomesOf(transport, aMail({ to: [ann, bob] })))
        expect(second === 'accepted').toBe(false)
        await transport.close()
        expect(peer.taken.every(({ envelope }) => !envelope.to.includes(bob))).toBe(true)
      }
    },
  },
]
