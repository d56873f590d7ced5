import type { MailService } from '@mailwright/core'
import { authorizeByApiKey, type HttpOptions } from '@mailwright/http'
import type { Settings } from '../config/settings.js'
import { usageError } from '../usage-error.js'
import { operatorLogin } from './operator-login.js'

export interface WhoCalls {
  readonly authorize: HttpOptions['authorize']
  /** A browser is to ask its user for name and password. */
  readonly asksForPassword: boolean
  /** Somebody can sign in with a browser. */
  readonly console: boolean
}

/**
 * Who may call `serve` (T17): whom the configuration file lets in; else whoever has an API key, and the operator of the environment, if there is one.
 * @throws OPTIONS_INVALID when nobody could call
 */
export async function whoCalls(mail: MailService, { environment, file }: Settings): Promise<WhoCalls> {
  if (file.authorize !== undefined) return { authorize: file.authorize, asksForPassword: false, console: true }
  const byKey = authorizeByApiKey(mail)
  const { CONSOLE_USER: user, CONSOLE_PASSWORD_HASH: hash } = environment
  if (hash !== undefined) {
    const login = operatorLogin({ user, hash })
    const authorize: HttpOptions['authorize'] = async (request, native) =>
      (await byKey(request, native)) ?? login(request.headers.get('authorization'))
    return { authorize, asksForPassword: true, console: true }
  }
  const { items } = await mail.apiKeys.list({ limit: 1 })
  if (items.length === 0)
    throw usageError(
      'CONSOLE_PASSWORD_HASH',
      'what `mailwright hash-password` prints, or authorize in the configuration file: nobody could sign in',
    )
  return { authorize: byKey, asksForPassword: false, console: false }
}
