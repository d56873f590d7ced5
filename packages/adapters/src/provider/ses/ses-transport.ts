import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2'
import { MailError, type RecipientOutcome, type Transport } from '@mailwright/core'
import { fieldsOf, textOf } from '../reading/fields.js'
import { checkAttempts, loadSendEmail, type SesClient } from './ses-client.js'
import { sesOutcome } from './ses-outcome.js'

export interface SesTransportOptions {
  /** An `SESv2Client` made with `maxAttempts: 1`. It stays the host's: `close` does not end it. */
  readonly client: SesClient
  /** The configuration set whose event destination leads to `sesEvents`. */
  readonly configurationSet?: string
  /** Sends at once. Default 10; the SDK opens 50 connections. */
  readonly concurrency?: number
}

/** One call takes so many (SES quotas). */
const MOST_RECIPIENTS = 50

const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/

/** SES parses its address fields as headers: only what no parser could split or read otherwise goes in (T1). */
const check = (address: string, field: string): void => {
  if (!ADDRESS.test(address)) throw new MailError('ADDRESS_INVALID', { field, reason: 'not a plain local@domain' })
}

/**
 * Amazon SES, API v2, with the mail as it is. A call is taken or refused whole, so all recipients of a request share one outcome. SES
 * knows no idempotency token: after an `unknown` a repetition may double the mail. SES makes its own
 * return path, and its own Message-ID in place of ours; our id travels in the tag `message`.
 */
export const sesTransport = ({ client, configurationSet, concurrency = 10 }: SesTransportOptions): Transport => {
  const running = new Set<Promise<unknown>>()
  let closed = false
  let ready: Promise<Awaited<ReturnType<typeof loadSendEmail>>> | undefined
  const prepare = () => {
    ready ??= checkAttempts(client)
      .then(() => loadSendEmail())
      .catch((cause: unknown) => {
        ready = undefined
        throw cause
      })
    return ready
  }

  const call = async (input: SendEmailCommandInput, signal: AbortSignal): Promise<RecipientOutcome> => {
    const Command = await prepare()
    if (signal.aborted) return { type: 'unreached', stage: 'connect', cause: 'aborted' }
    // One of its own for each call: the SDK leaves its listeners on the signal, and the caller's may live as long as the process.
    const own = new AbortController()
    const abort = () => own.abort()
    signal.addEventListener('abort', abort, { once: true })
    try {
      const answer = await client.send(new Command(input) as never, { abortSignal: own.signal })
      return { type: 'accepted', remoteId: textOf(fieldsOf(answer).MessageId) || null, reply: null }
    } catch (error) {
      return sesOutcome(error)
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  return {
    name: 'ses',
    // 40 MB is the most SES takes, after base64.
    capabilities: {
      concurrency,
      maxBytes: 28 * 1024 * 1024,
      idempotent: false,
      smtpUtf8: false,
      sourceAddress: false,
      direct: false,
    },
    async send({ id, envelope: { from, to }, content }, signal) {
      if (closed) throw new MailError('SERVICE_STOPPED', { transport: 'ses' })
      if (from !== '') check(from, 'envelope.from')
      to.forEach((address, index) => {
        check(address, `envelope.to[${index}]`)
      })
      if (to.length === 0 || to.length > MOST_RECIPIENTS) {
        throw new MailError('ADDRESS_INVALID', { field: 'envelope.to', reason: `not 1 to ${MOST_RECIPIENTS}` })
      }
      const sending = call(
        {
          Destination: { ToAddresses: [...to] },
          Content: { Raw: { Data: content } },
          EmailTags: [{ Name: 'message', Value: id }],
          ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
        },
        signal,
      )
      const watched = sending.catch(() => undefined)
      running.add(watched)
      void watched.then(() => running.delete(watched))
      const outcome = await sending
      return { recipients: to.map(() => outcome) }
    },
    async close() {
      closed = true
      await Promise.all(running)
    },
  }
}
