import { MailError } from '../../errors/mail-error.js'

export const CALLBACK_URL_MAX = 2_048

const standardPorts = new Map([
  ['http:', 80],
  ['https:', 443],
])

/**
 * The URL of a callback as it is kept: http or https, on one of the ports, without user, password and fragment (CBK-2). Ports other than 80 and
 * 443 are thereby written out. The host may be any spelling that WHATWG URL reads: what it stands for is looked at when it is connected to.
 * @throws INPUT_INVALID naming what is wrong, and the nearest port.
 */
export function callbackUrl(text: string, ports: readonly number[]): string {
  const url = text.length <= CALLBACK_URL_MAX && URL.canParse(text) ? new URL(text) : null
  const standard = url ? standardPorts.get(url.protocol) : undefined
  if (!url || standard === undefined || url.hostname === '') {
    throw invalid(
      `an http or https URL of at most ${CALLBACK_URL_MAX} characters, such as https://hooks.example.com:8080/mail`,
    )
  }
  if (url.username !== '' || url.password !== '') throw invalid('a URL without user and password')
  if (url.hash !== '' || text.includes('#')) throw invalid('a URL without a fragment')
  const port = url.port === '' ? standard : Number(url.port)
  if (!ports.includes(port)) {
    throw invalid(`one of the ports ${ports.join(', ')}, written out`, nearest(port, ports))
  }
  return url.href
}

const nearest = (port: number, ports: readonly number[]): number | undefined =>
  [...ports].sort((a, b) => Math.abs(a - port) - Math.abs(b - port))[0]

const invalid = (expected: string, near?: number): MailError =>
  new MailError('INPUT_INVALID', { field: 'url', expected, ...(near === undefined ? {} : { nearest: near }) })
