import type { Readable } from 'node:stream'

/** The part of a compiled message that a transporter reads. */
export interface ComposedMessage {
  getEnvelope: () => unknown
  createReadStream: (options?: never) => Readable
}

/** What a plugin of the step `stream` is given. */
export interface StreamPluginMail {
  readonly data: object
  readonly message: ComposedMessage
}

/** What `sendMail` is given: finished bytes and an envelope, nothing that could be parsed. */
export interface RawMail {
  readonly envelope: { readonly from: string; readonly to: string[] }
  readonly raw: Buffer
  readonly signal: AbortSignal
  readonly disableFileAccess: true
  readonly disableUrlAccess: true
}

/**
 * A nodemailer transporter, as far as it is used here. `use` is nodemailer's documented plugin hook; without it (a transporter of
 * another make) a connection that is lost can only be called `unknown`.
 */
export interface NodemailerTransporter {
  sendMail(mail: RawMail): Promise<unknown>
  use?(step: string, plugin: (mail: StreamPluginMail, done: () => void) => void): unknown
  close?(): unknown
}
