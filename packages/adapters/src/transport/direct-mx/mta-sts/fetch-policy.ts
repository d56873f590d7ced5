import { request } from 'node:https'
import type { Dns } from '@mailwright/core'
import { type AddressRules, hostAddresses } from '../host-addresses.js'

/** RFC 8461 §3.3 suggests a minute and 64 KiB. Mail waits for it, so it is given less time: half of it for each of two addresses. */
const FETCH_MS = 15_000
const MOST_ADDRESSES = 2
const MOST_BYTES = 64 * 1_024

export type FetchedPolicy =
  | { readonly type: 'fetched'; readonly text: string }
  | { readonly type: 'failed'; readonly cause: string }

/** Gets the text of a domain's policy. Never rejects. */
export type FetchPolicy = (domain: string) => Promise<FetchedPolicy>

export interface HttpsPolicyOptions {
  readonly dns: Pick<Dns, 'address'>
  readonly rules: () => AddressRules
  /** PEM certificates of the authorities to trust, in place of those that come with Node. */
  readonly ca?: string
  readonly port?: number
  readonly timeoutMs?: number
}

const failed = (cause: string): FetchedPolicy => ({ type: 'failed', cause })

/**
 * RFC 8461 §3.3: over HTTPS with a certificate for `mta-sts.<domain>`, from an address that was checked, following no redirect, and only a 200 with plain text
 * is a policy.
 */
export const httpsPolicy = ({ dns, rules, ca, port = 443, timeoutMs = FETCH_MS }: HttpsPolicyOptions): FetchPolicy => {
  const get = (host: string, address: string, ms: number): Promise<FetchedPolicy> =>
    new Promise((resolve) => {
      const chunks: Buffer[] = []
      let bytes = 0
      const asking = request({
        host: address,
        servername: host,
        port,
        path: '/.well-known/mta-sts.txt',
        headers: { host, connection: 'close', accept: 'text/plain' },
        agent: false,
        maxHeaderSize: 16 * 1_024,
        signal: AbortSignal.timeout(ms),
        ...(ca === undefined ? {} : { ca }),
      })
      const end = (answer: FetchedPolicy) => {
        resolve(answer)
        asking.destroy()
      }
      asking.on('response', (response) => {
        const type = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
        if (response.statusCode !== 200) return end(failed(`status ${response.statusCode}`))
        if (type !== 'text/plain') return end(failed('not text/plain'))
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          chunks.push(chunk)
          if (bytes > MOST_BYTES) end(failed('too long'))
        })
        response.on('end', () => resolve({ type: 'fetched', text: Buffer.concat(chunks).toString('utf8') }))
        response.on('error', () => end(failed('connection lost')))
      })
      asking.on('error', (error: Error & { readonly code?: string }) => end(failed(error.code ?? error.name)))
      asking.on('close', () => resolve(failed('connection lost')))
      asking.end()
    })

  return async (domain) => {
    const host = `mta-sts.${domain}`
    const found = await hostAddresses(host, dns, rules())
    if (found.type === 'none') return failed(found.cause)
    const addresses = found.addresses.slice(0, MOST_ADDRESSES)
    let first: FetchedPolicy | null = null
    for (const address of addresses) {
      const answer = await get(host, address, timeoutMs / addresses.length)
      if (answer.type === 'fetched') return answer
      first ??= answer
    }
    return first ?? failed('no address')
  }
}
