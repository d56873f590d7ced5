import { isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import type { SessionOptions } from './session-options.js'

/** How TLS is spoken with the server of a session. */
export const tlsOptionsOf = ({ host, verify, tlsOptions }: SessionOptions): ConnectionOptions => ({
  host,
  ...(isIP(host) === 0 ? { servername: host } : {}),
  ...tlsOptions,
  rejectUnauthorized: verify && tlsOptions.rejectUnauthorized !== false,
})
