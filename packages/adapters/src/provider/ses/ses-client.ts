import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2'
import { MailError } from '@mailwright/core'

/** What this adapter needs of an `SESv2Client`: the host makes it, with its region and credentials. */
export interface SesClient {
  send(command: never, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>
  readonly config?: { readonly maxAttempts?: () => Promise<number> }
}

type SendEmailCommand = new (input: SendEmailCommandInput) => object

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  (cause.code === 'ERR_MODULE_NOT_FOUND' || cause.code === 'MODULE_NOT_FOUND')

/** Loads the optional peer only when the first mail is sent. Throws PEER_MISSING with the install line. */
export const loadSendEmail = async (
  load: () => Promise<{ readonly SendEmailCommand: SendEmailCommand }> = () => import('@aws-sdk/client-sesv2'),
): Promise<SendEmailCommand> => {
  try {
    return (await load()).SendEmailCommand
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    const name = '@aws-sdk/client-sesv2'
    throw new MailError('PEER_MISSING', { package: name, install: `npm install ${name}` }, { cause })
  }
}

/**
 * The SDK repeats a call that had no answer, and SES knows no idempotency token: the mail would go out twice, unseen.
 * @throws OPTIONS_INVALID unless the client makes one attempt
 */
export const checkAttempts = async ({ config }: SesClient): Promise<void> => {
  const attempts = (await config?.maxAttempts?.()) ?? 1
  if (attempts > 1) throw new MailError('OPTIONS_INVALID', { field: 'client', expected: 'maxAttempts: 1' })
}
