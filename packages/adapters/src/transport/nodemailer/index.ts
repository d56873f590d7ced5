import { MailError, type RecipientOutcome, type Transport, type TransportCapabilities } from '@mailwright/core'
import { type HeadersFor, withHeaders } from '../smtp-lane/added-headers.js'
import { checkEnvelope } from '../smtp-lane/check-envelope.js'
import { failedOutcomes, sentOutcomes } from './outcomes.js'
import { createProbe, PROBE, type Probe, watch } from './probe.js'
import type { NodemailerTransporter, RawMail } from './transporter.js'

export type { HeadersFor } from '../smtp-lane/added-headers.js'
export type { ComposedMessage, NodemailerTransporter, RawMail, StreamPluginMail } from './transporter.js'

export interface FromNodemailerOptions {
  readonly name?: string
  readonly capabilities?: Partial<TransportCapabilities>
  /** true ends the transporter on `close`. Default false: it belongs to the host. */
  readonly closeTransporter?: boolean
  /** true when no plugin and no DKIM key of the transporter has to see the content: saves nodemailer's streams. Default false. */
  readonly direct?: boolean
  /** Headers for the relay behind the transporter, put before the finished mail, as for `smtp`. Default none. */
  readonly headersFor?: HeadersFor
}

/** Resolves when `signal` aborts; `forget` takes the listener away. */
const abortOf = (signal: AbortSignal) => {
  let listener: () => void = () => undefined
  const aborted = new Promise<'aborted'>((resolve) => {
    listener = () => resolve('aborted')
    signal.addEventListener('abort', listener, { once: true })
  })
  return { aborted, forget: () => signal.removeEventListener('abort', listener) }
}

/**
 * Sends through a transporter the host has already. The mail goes out as it is, by its own envelope; a DKIM key or a plugin of the
 * transporter still sees it. `use` is called once on the transporter, which is what tells mail lost before the final dot from mail
 * that may have arrived. Concurrent sends are fine as far as the transporter allows them.
 */
export const fromNodemailer = (transporter: NodemailerTransporter, options: FromNodemailerOptions = {}): Transport => {
  const { name = 'nodemailer', closeTransporter = false, direct = false } = options
  const capabilities: TransportCapabilities = {
    concurrency: 5,
    maxBytes: 25 * 1024 * 1024,
    idempotent: false,
    smtpUtf8: false,
    sourceAddress: false,
    direct: false,
    ...options.capabilities,
  }
  const running = new Set<Promise<unknown>>()
  let closed: Promise<void> | undefined
  watch(transporter)

  const deliver = async (
    mail: RawMail,
    to: readonly string[],
    probe: Probe,
    signal: AbortSignal,
  ): Promise<readonly RecipientOutcome[]> => {
    const { aborted, forget } = abortOf(signal)
    const sending = transporter.sendMail({ ...mail, [PROBE]: probe } as RawMail).then(
      (info) => ({ info }),
      (error: unknown) => ({ error }),
    )
    running.add(sending)
    void sending.then(() => running.delete(sending))
    // An abort is answered here: not every transporter knows the signal, and the probe knows what is true.
    const result = await Promise.race([sending, aborted])
    forget()
    if (result === 'aborted') {
      probe.cut()
      return failedOutcomes(to, { code: 'EABORT', message: 'aborted' }, probe)
    }
    return 'info' in result ? sentOutcomes(to, result.info, probe) : failedOutcomes(to, result.error, probe)
  }

  const close = async (): Promise<void> => {
    await Promise.all(running)
    if (closeTransporter) await transporter.close?.()
  }

  return {
    name,
    capabilities,
    async send({ id, envelope, content: finished }, signal) {
      if (closed !== undefined) throw new MailError('SERVICE_STOPPED', { transport: name })
      const { from, to } = checkEnvelope(envelope, capabilities.smtpUtf8)
      const content = withHeaders(options.headersFor, id, finished)
      const probe = createProbe({ from, to }, content, direct)
      if (signal.aborted) {
        return { recipients: to.map(() => ({ type: 'unreached', stage: 'connect', cause: 'aborted' })) }
      }
      const raw = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
      const mail: RawMail = {
        envelope: { from, to: [...to] },
        raw,
        signal,
        disableFileAccess: true,
        disableUrlAccess: true,
      }
      return { recipients: await deliver(mail, to, probe, signal) }
    },
    close() {
      closed ??= close()
      return closed
    },
  }
}
