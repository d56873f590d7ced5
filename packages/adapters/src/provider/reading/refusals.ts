import { MailError } from '@mailwright/core'

/** The reason is for the log of the operator; a sender learns only that it was refused. */
export const notSigned = (reason: string, cause?: unknown): MailError =>
  new MailError('EVENT_SIGNATURE_INVALID', { reason }, cause === undefined ? {} : { cause })

export const notReadable = (expected: string): MailError => new MailError('EVENT_INVALID', { expected })

/** Nobody can tell by now whether it is genuine: the provider has to come again, which it does for an error of the server and not for a refusal. */
export const cannotTell = (reason: string, cause?: unknown): MailError =>
  new MailError('ADAPTER_FAILED', { reason }, cause === undefined ? {} : { cause })
