import type { CallbackAnswer, CallbackClient, CallbackRequest } from '../../ports/callback-client.js'
import type { Dns } from '../../ports/dns.js'
import { nodeDns } from '../node-dns.js'
import { checkedAddresses, type Failed } from './checked-addresses.js'
import { postToAddress } from './post-to-address.js'

export interface HttpCallbackClientOptions {
  /** Asked once per post. Default: the resolvers of the system. */
  readonly resolver?: Pick<Dns, 'address'>
  /** Connects to private, loopback and other special addresses too. For development, and for receivers inside one's own network. Default false. */
  readonly allowPrivateNetworks?: boolean
  /** PEM certificates of the authorities to trust, in place of those that come with Node. */
  readonly ca?: string | readonly string[]
}

/** Of the addresses of one name so many are tried, the others left alone. */
const ADDRESSES_TRIED = 4
/** An address that takes no connection for so long gives way to the next. */
const CONNECT_MS = 3_000

/**
 * Posts callbacks over HTTP/1.1: the name is resolved once, every address of the answer is checked, and the connection goes to one of them
 * (CBK-5); Host and TLS keep the name. No redirects, no proxies, no connection is used twice, and of an answer only status and Retry-After
 * matter: the rest is read up to 64 KiB and thrown away.
 */
export function httpCallbackClient(options: HttpCallbackClientOptions = {}): CallbackClient {
  const { resolver = nodeDns(), allowPrivateNetworks = false, ca } = options

  const post = async (request: CallbackRequest, signal: AbortSignal): Promise<CallbackAnswer> => {
    const url = new URL(request.url)
    const host = url.hostname.replace(/^\[|\]$|\.$/g, '')
    const addresses = await Promise.race([checkedAddresses(host, resolver, allowPrivateNetworks), abortion(signal)])
    if ('type' in addresses) return addresses
    const tried = addresses.slice(0, ADDRESSES_TRIED)
    let answer: CallbackAnswer = ABORTED
    for (const [index, address] of tried.entries()) {
      if (signal.aborted) return ABORTED
      const connectMs = index + 1 < tried.length ? CONNECT_MS : null
      const attempt = await postToAddress({ url, address, host, ca, connectMs }, request, signal)
      answer = attempt.answer
      if (attempt.reached) break
    }
    return answer
  }

  return { name: 'http', post: (request, signal) => withinItsTime(request, signal, post) }
}

const ABORTED: Failed = { type: 'failed', cause: 'aborted', detail: null }

const abortion = (signal: AbortSignal): Promise<Failed> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(ABORTED)
    else signal.addEventListener('abort', () => resolve(ABORTED), { once: true })
  })

async function withinItsTime(
  request: CallbackRequest,
  signal: AbortSignal,
  post: (request: CallbackRequest, signal: AbortSignal) => Promise<CallbackAnswer>,
): Promise<CallbackAnswer> {
  const end = new AbortController()
  const stop = () => end.abort()
  let late = false
  const timer = setTimeout(() => {
    late = true
    stop()
  }, request.timeoutMs)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    const answer = await post(request, end.signal)
    return late && answer.type === 'failed' && answer.cause === 'aborted' ? { ...answer, cause: 'timeout' } : answer
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
