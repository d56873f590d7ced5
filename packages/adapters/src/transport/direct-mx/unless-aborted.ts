export const ABORTED = Symbol('aborted')

/** What has been asked of DNS goes on for others; this mail waits no longer. */
export const unlessAborted = async <T>(promise: Promise<T>, signal: AbortSignal): Promise<T | typeof ABORTED> => {
  let abort: () => void = () => undefined
  const aborted = new Promise<typeof ABORTED>((resolve) => {
    abort = () => resolve(ABORTED)
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
