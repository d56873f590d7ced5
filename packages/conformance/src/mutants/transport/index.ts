import type { RecipientOutcome, Transport } from '@mailwright/core'

/** A wrong transport, and exactly the cases it must fail. */
export interface TransportMutant {
  readonly name: string
  readonly fails: readonly string[]
  readonly spoil: (transport: Transport) => Transport
}

type Change = (outcome: RecipientOutcome) => RecipientOutcome

const changing =
  (change: Change) =>
  (transport: Transport): Transport => ({
    ...transport,
    send: async (request, signal) => {
      const { recipients } = await transport.send(request, signal)
      return { recipients: recipients.map(change) }
    },
  })

const accepted: RecipientOutcome = { type: 'accepted', remoteId: null, reply: null }

const refusals = [
  'transport/refusal-is-a-value',
  'transport/refused-with-its-reply',
  'transport/deferral-is-a-value',
  'transport/sender-refused',
  'transport/mixed-recipients',
  'transport/content-refused',
  'transport/data-refused',
]

/** Each takes a right transport that speaks SMTP and breaks one promise of it. */
export const transportMutants: readonly TransportMutant[] = [
  {
    name: 'throws on a refusal',
    fails: [...refusals, 'transport/sends-on-after-a-refusal', 'transport/refusal-outlives-the-connection'],
    spoil: (transport) => ({
      ...transport,
      send: async (request, signal) => {
        const result = await transport.send(request, signal)
        if (result.recipients.some(({ type }) => type === 'refused')) throw new Error('refused')
        return result
      },
    }),
  },
  {
    name: 'blames the recipients for a refused sender',
    fails: ['transport/sender-refused'],
    spoil: changing((outcome) => (outcome.type === 'refused' ? { type: 'refused', reply: outcome.reply } : outcome)),
  },
  {
    name: 'takes an unknown outcome for an acceptance',
    fails: [
      'transport/unknown-after-final-dot',
      'transport/refusal-outlives-the-connection',
      'transport/abort-after-final-dot',
    ],
    spoil: changing((outcome) => (outcome.type === 'unknown' ? accepted : outcome)),
  },
  {
    name: 'calls every lost connection unknown',
    fails: [
      'transport/abort-stops',
      'transport/unreached-at-connect',
      'transport/unreached-at-greeting',
      'transport/unreached-in-the-envelope',
      'transport/unreached-at-data',
      'transport/wrong-password-is-unreached',
      'transport/abort-in-the-envelope',
    ],
    spoil: changing((outcome) => (outcome.type === 'unreached' ? { type: 'unknown', cause: outcome.cause } : outcome)),
  },
  {
    name: 'makes a bounce of a wrong password',
    fails: ['transport/wrong-password-is-unreached'],
    spoil: changing((outcome) =>
      outcome.type === 'unreached' && outcome.stage === 'auth'
        ? { type: 'refused', reply: { code: 535, enhanced: '5.7.8', text: outcome.cause } }
        : outcome,
    ),
  },
  {
    name: 'splits an envelope address at a comma',
    fails: ['transport/hostile-envelope-refused', 'transport/hostile-envelope-sends-no-command'],
    spoil: (transport) => ({
      ...transport,
      send: ({ envelope, ...mail }, signal) => {
        const to = envelope.to.flatMap((address) => address.split(/,\s*/))
        return transport.send({ ...mail, envelope: { ...envelope, to } }, signal)
      },
    }),
  },
  {
    name: 'sends again by itself what may have arrived',
    fails: ['transport/unknown-after-final-dot'],
    spoil: (transport) => ({
      ...transport,
      send: async (request, signal) => {
        const first = await transport.send(request, signal)
        const open = first.recipients.every(({ type }) => type === 'unknown') && !signal.aborted
        return open ? transport.send(request, signal) : first
      },
    }),
  },
  {
    name: 'loses the order of the recipients',
    fails: ['transport/mixed-recipients', 'transport/content-refused', 'transport/refusal-outlives-the-connection'],
    spoil: (transport) => ({
      ...transport,
      send: async (request, signal) => {
        const { recipients } = await transport.send(request, signal)
        return { recipients: [...recipients].reverse() }
      },
    }),
  },
  {
    name: 'strips a leading dot',
    fails: ['transport/same-bytes'],
    spoil: (transport) => ({
      ...transport,
      send: ({ content, ...request }, signal) => {
        const stripped = Buffer.from(content).toString('latin1').replaceAll('\r\n.', '\r\n')
        return transport.send({ ...request, content: Buffer.from(stripped, 'latin1') }, signal)
      },
    }),
  },
]
