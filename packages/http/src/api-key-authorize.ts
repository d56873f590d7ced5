import type { KeyHolder, MailService } from '@mailwright/core'

export interface ApiKeyAuthorizeOptions<Native = unknown> {
  /**
   * Where a request comes from, such as the client's address: too many wrong keys from one source are not listened to for a while. Left out, none is held back:
   * only the host knows whether an address is the client's or that of a proxy that all of them share.
   */
  readonly from?: (request: Request, native: Native) => string | undefined
}

/** RFC 6750 §2.1: the scheme in any case, one token. */
const BEARER = /^bearer +([^\s]+)$/i

/**
 * An `authorize` for hosts that have no sign-in of their own (ACC-3): who sends `Authorization: Bearer` and an API key of `mail.apiKeys.create` is its account in
 * its role, with its tags; anybody else is nobody.
 */
export function authorizeByApiKey<Native = unknown>(
  mail: Pick<MailService, 'authenticate'>,
  { from }: ApiKeyAuthorizeOptions<Native> = {},
): (request: Request, native: Native) => Promise<KeyHolder | null> {
  return async (request, native) => {
    const key = BEARER.exec(request.headers.get('authorization') ?? '')?.[1]
    if (key === undefined) return null
    const source = from?.(request, native)
    return mail.authenticate(key, source === undefined ? {} : { from: source })
  }
}
