/**
 * SNS's own host in one region and nothing else. With https the certificate then says who answers, so that no address has to be looked
 * at: these two are the only addresses this adapter ever calls (T32).
 */
const HOST = /^sns\.[a-z]{2,5}(?:-[a-z]{2,12}){1,3}-\d{1,2}\.amazonaws\.com(?:\.cn)?$/

const CERTIFICATE = /^\/SimpleNotificationService-[0-9a-f]{32}\.pem$/

/** Compared with its own serialisation: what a URL parser would repair or forgive is refused. */
const snsUrl = (value: string): URL | null => {
  const url = value.length <= 2000 && URL.canParse(value) ? new URL(value) : null
  if (url === null || url.href !== value) return null
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === ''
  return plain && url.hash === '' && HOST.test(url.host) ? url : null
}

export const certificateUrl = (value: string): URL | null => {
  const url = snsUrl(value)
  return url !== null && url.search === '' && CERTIFICATE.test(url.pathname) ? url : null
}

export const subscribeUrl = (value: string): URL | null => {
  const url = snsUrl(value)
  const confirms = url?.pathname === '/' && url.searchParams.getAll('Action').join() === 'ConfirmSubscription'
  return confirms ? url : null
}
