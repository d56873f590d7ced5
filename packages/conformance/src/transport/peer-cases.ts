import type { Case } from '../register-cases.js'
import { aMail, ann, bob, eve, outcomesOf, type PeerBench, stagesOf, typesOf } from './bench.js'
import { hostileAddresses, refusedOrWhole } from './hostile.js'
import type { PeerScript } from './scripted-peer.js'

const refusing = (address: string, answer: string): Pick<PeerScript, 'rcpt'> => ({
  rcpt: (to) => (to === address ? answer : '250 2.1.5 ok'),
})

/** A script on which a connection is lost, and where the mail was by then. */
const lostBefore = (id: string, stage: string, scripts: readonly PeerScript[]): Case<PeerBench> => ({
  id,
  run: async ({ open, expect }) => {
    for (const script of scripts) {
      const { peer, transport } = await open(script)
      expect(stagesOf(await outcomesOf(transport, aMail({ to: [ann, bob] })))).toEqual([stage, stage])
      await transport.close()
      expect(peer.taken.length).toBe(0)
    }
  },
})

/** A peer that announces pipelining. */
export const pipelining: Pick<PeerScript, 'extensions'> = { extensions: ['PIPELINING', 'SIZE 1000000'] }

/** What a transport that speaks SMTP promises, shown on a peer that misbehaves on purpose. */
export const peerCases: readonly Case<PeerBench>[] = [
  {
    id: 'transport/refused-with-its-reply',
    run: async ({ open, expect }) => {
      const { transport } = await open(refusing(ann, '550-5.1.1 No such user\n550-5.1.1 here: 姓名\n550 5.1.1 bye'))
      const text = '5.1.1 No such user\n5.1.1 here: 姓名\n5.1.1 bye'
      const refused = { type: 'refused', reply: { code: 550, enhanced: '5.1.1', text } }
      expect(await outcomesOf(transport, aMail())).toEqual([refused])
    },
  },
  {
    id: 'transport/deferral-is-a-value',
    run: async ({ open, expect }) => {
      const { transport } = await open(refusing(ann, '451 try later'))
      const refused = { type: 'refused', reply: { code: 451, enhanced: null, text: 'try later' } }
      expect(await outcomesOf(transport, aMail())).toEqual([refused])
    },
  },
  {
    id: 'transport/sender-refused',
    run: async ({ open, expect }) => {
      for (const more of [{}, pipelining]) {
        const { peer, transport } = await open({ ...more, mail: '550 5.7.1 not you' })
        const reply = { code: 550, enhanced: '5.7.1', text: '5.7.1 not you' }
        const refused = { type: 'refused', reply, at: 'mail' }
        expect(await outcomesOf(transport, aMail({ to: [ann, bob] }))).toEqual([refused, refused])
        expect(peer.taken.length).toBe(0)
      }
    },
  },
  {
    id: 'transport/mixed-recipients',
    run: async ({ open, expect }) => {
      for (const more of [{}, pipelining]) {
        const rcpt = (to: string) => (to === bob ? '550 5.1.1 no' : to === eve ? '452 4.2.2 full' : '250 ok')
        const { peer, transport } = await open({ ...more, rcpt })
        const [one, two, three] = await outcomesOf(transport, aMail({ to: [bob, ann, eve] }))
        expect([one, three]).toEqual([
          { type: 'refused', reply: { code: 550, enhanced: '5.1.1', text: '5.1.1 no' } },
          { type: 'refused', reply: { code: 452, enhanced: '4.2.2', text: '4.2.2 full' } },
        ])
        expect(two?.type).toBe('accepted')
        expect(peer.taken.map(({ envelope }) => envelope.to)).toEqual([[ann]])
      }
    },
  },
  {
    id: 'transport/content-refused',
    run: async ({ open, expect }) => {
      const { transport } = await open({ ...refusing(bob, '550 5.1.1 no'), dot: '554 5.7.1 spam' })
      expect(await outcomesOf(transport, aMail({ to: [ann, bob] }))).toEqual([
        { type: 'refused', reply: { code: 554, enhanced: '5.7.1', text: '5.7.1 spam' } },
        { type: 'refused', reply: { code: 550, enhanced: '5.1.1', text: '5.1.1 no' } },
      ])
    },
  },
  {
    id: 'transport/data-refused',
    run: async ({ open, expect }) => {
      const { transport } = await open({ data: '451 4.3.0 not now' })
      const refused = { type: 'refused', reply: { code: 451, enhanced: '4.3.0', text: '4.3.0 not now' } }
      expect(await outcomesOf(transport, aMail())).toEqual([refused])
    },
  },
  {
    id: 'transport/sends-on-after-a-refusal',
    run: async ({ open, expect }) => {
      const { peer, transport } = await open(refusing(bob, '550 5.1.1 no'))
      await outcomesOf(transport, aMail({ to: [bob] }))
      expect(typesOf(await outcomesOf(transport, aMail({ to: [ann] })))).toEqual(['accepted'])
      expect(peer.taken.length).toBe(1)
    },
  },
  {
    id: 'transport/unreached-at-connect',
    run: async ({ open, expect }) => {
      const { peer, transport } = await open({})
      await peer.close()
      expect(stagesOf(await outcomesOf(transport, aMail({ to: [ann, bob] })))).toEqual(['connect', 'connect'])
    },
  },
  lostBefore('transport/unreached-at-greeting', 'greeting', [
    { greeting: 'drop' },
    { greeting: '554 5.3.2 no service here' },
    { greeting: '421 4.3.2 busy' },
  ]),
  lostBefore('transport/unreached-in-the-envelope', 'mail', [{ mail: 'drop' }, { rcpt: () => 'drop' }]),
  lostBefore('transport/unreached-at-data', 'data', [{ data: 'drop' }]),
  {
    id: 'transport/wrong-password-is-unreached',
    run: async ({ open, expect }) => {
      const { peer, transport } = await open({ auth: '535 5.7.8 wrong' }, { user: 'shop', pass: 'secret-word' })
      const outcomes = await outcomesOf(transport, aMail({ to: [ann, bob] }))
      expect(stagesOf(outcomes)).toEqual(['auth', 'auth'])
      expect(JSON.stringify(outcomes).includes('secret-word')).toBe(false)
      expect(peer.taken.length).toBe(0)
    },
  },
  {
    id: 'transport/unknown-after-final-dot',
    run: async ({ open, expect }) => {
      for (const more of [{}, pipelining]) {
        const { peer, transport } = await open({ ...more, dot: 'drop' })
        expect(typesOf(await outcomesOf(transport, aMail({ to: [ann, bob] })))).toEqual(['unknown', 'unknown'])
        await transport.close()
        // Whether it is sent again is core's decision (REL-2), never the transport's.
        expect(peer.taken.length).toBe(1)
      }
    },
  },
  {
    id: 'transport/refusal-outlives-the-connection',
    run: async ({ open, expect }) => {
      const { transport } = await open({ ...refusing(bob, '550 5.1.1 no'), dot: 'drop' })
      expect(typesOf(await outcomesOf(transport, aMail({ to: [ann, bob] })))).toEqual(['unknown', 'refused'])
    },
  },
  {
    id: 'transport/abort-in-the-envelope',
    run: async ({ open, expect }) => {
      const { peer, transport } = await open({ rcpt: () => 'stall' })
      const abort = new AbortController()
      const sending = outcomesOf(transport, aMail(), abort.signal)
      await peer.stalled
      abort.abort()
      expect(typesOf(await sending)).toEqual(['unreached'])
      expect(peer.taken.length).toBe(0)
    },
  },
  {
    id: 'transport/abort-after-final-dot',
    run: async ({ open, expect }) => {
      const { peer, transport } = await open({ dot: 'stall' })
      const abort = new AbortController()
      const sending = outcomesOf(transport, aMail(), abort.signal)
      await peer.stalled
      abort.abort()
      expect(typesOf(await sending)).toEqual(['unknown'])
      expect(peer.taken.length).toBe(1)
    },
  },
  {
    id: 'transport/hostile-envelope-sends-no-command',
    run: async ({ open, expect }) => {
      const { peer, transport } = await open({})
      for (const address of hostileAddresses) {
        await refusedOrWhole(transport, aMail({ to: [ann, address] }))
        await refusedOrWhole(transport, aMail({ from: address }))
      }
      expect(peer.commands.filter((command) => command.includes('evil'))).toEqual([])
    },
  },
]
