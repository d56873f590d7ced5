import { MailError } from '@mailwright/core'

const LOOPBACK = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** As a URL reads it: `2130706433` is 127.0.0.1, and what is no host at all is not ours. */
const isLoopback = (host: string): boolean =>
  URL.canParse(`http://${host}`) && LOOPBACK.test(new URL(`http://${host}`).hostname)

/**
 * Lets in only who has asked for this machine by a name of its own. A page of another site cannot, not even one whose name has been made to lead here (DNS
 * rebinding): its browser says that name as the Host. Who comes through a tunnel or a proxy has asked for another name, too. It does not keep out who can
 * reach the port and writes the header himself: a development server should listen on loopback.
 * @throws FORBIDDEN
 */
export function requireLoopback(request: Pick<Request, 'url' | 'headers'>): void {
  if (!isAskedByLoopback(request))
    throw new MailError('FORBIDDEN', { header: 'host', expected: 'localhost, 127.0.0.1 or [::1]' })
}

/** Whether this machine was asked for by a name of its own, see `requireLoopback`. */
export function isAskedByLoopback({ url, headers }: Pick<Request, 'url' | 'headers'>): boolean {
  const forwarded = (headers.get('x-forwarded-host') ?? '').split(',').map((host) => host.trim())
  const names = [new URL(url).host, headers.get('host') ?? '', ...forwarded].filter((host) => host !== '')
  return names.every(isLoopback)
}
