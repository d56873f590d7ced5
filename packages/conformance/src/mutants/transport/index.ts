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
    fails: [
      ...refusals,
      'transport/sends-on-after-a-refusal',
      'transport/refusal-outlives-the-connection',
      'transport/hostile-byte-by-byte',
      'transport/hostile-421-in-mid-session',
      'transport/hostile-long-reply',
      'transport/hostile-one-answer-too-many',
    ],
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
      'transport/hostile-garbage-after-the-final-dot',
      'transport/hostile-half-an-answer',
      'transport/hostile-half-an-answer-of-many-lines',
      'transport/hostile-dropped-after-354',
      'transport/hostile-354-to-the-final-dot',
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
      'transport/hostile-garbage-in-the-envelope',
      'transport/hostile-line-without-end',
      'transport/hostile-code-changes-within-a-reply',
      'transport/hostile-consent-out-of-turn',
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
    fails: [
      'transport/unknown-after-final-dot',
      'transport/hostile-garbage-after-the-final-dot',
      'transport/hostile-half-an-answer',
      'transport/hostile-half-an-answer-of-many-lines',
      'transport/hostile-354-to-the-final-dot',
    ],
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
    name: 'takes what the first recipient was told for all',
    fails: [
      'transport/refusal-is-a-value',
      'transport/mixed-recipients',
      'transport/content-refused',
      'transport/refusal-outlives-the-connection',
      'transport/hostile-byte-by-byte',
    ],
    spoil: (transport) => ({
      ...transport,
      send: async (request, signal) => {
        const { recipients } = await transport.send(request, signal)
        return { recipients: recipients.map((outcome) => recipients[0] ?? outcome) }
      },
    }),
  },
  {
    name: 'takes any word about the mail for consent',
    fails: [
      'transport/unreached-in-the-envelope',
      'transport/abort-in-the-envelope',
      'transport/hostile-garbage-in-the-envelope',
      'transport/hostile-line-without-end',
      'transport/hostile-code-changes-within-a-reply',
      'transport/hostile-consent-out-of-turn',
    ],
    spoil: changing((outcome) => (outcome.type === 'unreached' && outcome.stage === 'mail' ? accepted : outcome)),
  },
  {
    name: 'keeps all that a server says',
    fails: ['transport/hostile-long-reply'],
    spoil: changing((outcome) =>
      outcome.type === 'refused' && outcome.reply.text.length > 1_000
        ? { ...outcome, reply: { ...outcome.reply, text: outcome.reply.text.repeat(2) } }
        : outcome,
    ),
  },
  {
    name: 'loses the reply by which a server closes',
    fails: ['transport/hostile-421-in-mid-session'],
    spoil: changing((outcome) =>
      outcome.type === 'refused' && outcome.reply.code === 421
        ? { type: 'unreached', stage: 'mail', cause: 'the server closed the connection' }
        : outcome,
    ),
  },
  {
    name: 'calls a mail that it holds a failed connection',
    fails: ['transport/held-goes-nowhere', 'transport/held-names-a-time'],
    spoil: changing((outcome) =>
      outcome.type === 'held' ? { type: 'unreached', stage: 'connect', cause: outcome.cause } : outcome,
    ),
  },
  {
    name: 'holds without saying for how long',
    fails: ['transport/held-names-a-time'],
    spoil: changing((outcome) => (outcome.type === 'held' ? { ...outcome, forMs: Number.POSITIVE_INFINITY } : outcome)),
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
