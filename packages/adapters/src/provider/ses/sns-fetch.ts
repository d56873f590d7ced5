import { cannotTell } from '../reading/refusals.js'

/** Answers the body of a GET. Called only with addresses that `sns-url` has let through. */
export type SnsFetch = (url: URL) => Promise<string>

/** A certificate has about 2 KB, the answer to a confirmation less than 1 KB. */
const LARGEST = 16 * 1024
const TIMEOUT_MS = 5000

/** Follows no redirect, waits 5 s at most, reads 16 KiB at most. */
export const snsFetch: SnsFetch = async (url) => {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (!response.ok || response.body === null) throw new Error(`SNS answered ${response.status}`)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > LARGEST) throw new Error('SNS answered too much')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A region has one certificate at a time and changes it every year or so. */
const MOST_CERTIFICATES = 32

/** Made-up names cost a forger nothing and us a request each: no more at once, and none of them displaces a true one. */
const MOST_LOADING = 4

/** Certificates by address: fetched once, also when many ask at once; a failure is not kept. */
export const certificates = (load: SnsFetch): ((url: URL) => Promise<string>) => {
  const known = new Map<string, string>()
  const loading = new Map<string, Promise<string>>()

  const fetchOne = async (url: URL): Promise<string> => {
    try {
      const pem = await load(url)
      if (known.size >= MOST_CERTIFICATES) known.delete(known.keys().next().value ?? '')
      known.set(url.href, pem)
      return pem
    } catch (cause) {
      throw cannotTell('the certificate cannot be fetched', cause)
    } finally {
      loading.delete(url.href)
    }
  }

  return async (url) => {
    const found = known.get(url.href) ?? loading.get(url.href)
    if (found !== undefined) return found
    if (loading.size >= MOST_LOADING) throw cannotTell('too many certificates asked for at once')
    const started = fetchOne(url)
    loading.set(url.href, started)
    return started
  }
}
