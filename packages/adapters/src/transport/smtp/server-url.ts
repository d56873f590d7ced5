import { isIPv4 } from 'node:net'
import { MailError } from '@mailwright/core'

export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** TLS from the first byte. */
  readonly secure: boolean
  readonly login: { readonly user: string; readonly pass: string } | null
}

const invalid = (expected: string): MailError => new MailError('OPTIONS_INVALID', { field: 'url', expected })

/** This machine itself: a password may go there without TLS. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

/**
 * Reads `smtp://user:password@host:port` (STARTTLS where offered, port 587) or `smtps://…` (TLS, port 465). Nothing else is read
 * out of the URL: what nodemailer would take from its query is an option here. Throws OPTIONS_INVALID, which never shows the URL.
 */
export const readServerUrl = (given: string | undefined): SmtpServer => {
  if (given === undefined || given === '') throw invalid('smtp://user:password@host:port; the value is missing')
  let url: URL
  try {
    url = new URL(given)
  } catch {
    throw invalid('smtp://user:password@host:port, with special characters of the password percent-encoded')
  }
  const secure = url.protocol === 'smtps:'
  if (!secure && url.protocol !== 'smtp:') throw invalid('a URL that begins with smtp:// or smtps://')
  if (url.search !== '' || url.hash !== '' || url.pathname.replace('/', '') !== '') {
    throw invalid('a URL without path and query; give TLS, pool and timeouts as options')
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (host === '') throw invalid('a URL with a host')
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part)
    } catch {
      throw invalid('user and password in percent-encoding')
    }
  }
  const login = url.username === '' ? null : { user: decode(url.username), pass: decode(url.password) }
  return { host, port: url.port === '' ? (secure ? 465 : 587) : Number(url.port), secure, login }
}
