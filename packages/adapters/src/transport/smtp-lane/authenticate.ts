import { type Ask, HandshakeFailure } from './ask.js'
import type { Features } from './features.js'
import type { Login } from './session-options.js'

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

/** The first line of a mechanism, and what it answers to each 334. */
interface Exchange {
  readonly secret: string
  readonly start: string
  readonly answers: readonly string[]
}

/** Whoever gives tokens may be as slow as any server. */
async function inTime<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HandshakeFailure('auth', 'ETIMEDOUT: no access token in time')), ms)
  })
  try {
    return await Promise.race([promise, overdue])
  } finally {
    clearTimeout(timer)
  }
}

/** A server may repeat what it minds: words of eight letters or more that are of the login are left out of its answer (T22). */
const withoutLogin = (text: string, { secret, start, answers }: Exchange): string => {
  const sent = [start, ...answers].join(' ')
  return text.replaceAll(secret, '…').replace(/[A-Za-z0-9+/=]{8,}/g, (word) => (sent.includes(word) ? '…' : word))
}

/** RFC 4616, the LOGIN of old, and Google's and Microsoft's XOAUTH2. */
const exchangeFor = async (login: Login, offered: readonly string[], ms: number): Promise<Exchange | null> => {
  if ('token' in login) {
    if (!offered.includes('XOAUTH2')) return null
    const secret = await inTime(login.token(), ms)
    const said = `user=${login.user}\x01auth=Bearer ${secret}\x01\x01`
    // A refused token is explained in a 334, which wants an empty line before the 535.
    return { secret, start: `AUTH XOAUTH2 ${base64(said)}`, answers: [''] }
  }
  const { user, pass } = login
  if (offered.includes('PLAIN'))
    return { secret: pass, start: `AUTH PLAIN ${base64(`\0${user}\0${pass}`)}`, answers: [] }
  if (offered.includes('LOGIN')) return { secret: pass, start: 'AUTH LOGIN', answers: [base64(user), base64(pass)] }
  return null
}

/**
 * Logs in. A refused login is a matter between the operator and the relay, never a bounce; and a server that hides AUTH gets no mail, since it would refuse
 * it for want of a login.
 * @throws HandshakeFailure
 */
export const authenticate = async (ask: Ask, features: Features, login: Login, ms: number): Promise<void> => {
  const exchange = await exchangeFor(login, features.auth, ms)
  if (exchange === null) {
    const wanted = 'token' in login ? 'XOAUTH2' : 'PLAIN or LOGIN'
    throw new HandshakeFailure('auth', `the server does not offer AUTH ${wanted}`)
  }
  let reply = await ask(exchange.start, ms)
  for (const answer of exchange.answers) if (reply.code === 334) reply = await ask(answer, ms)
  if (reply.code === 235) return
  const text = withoutLogin(reply.text, exchange)
  throw new HandshakeFailure('auth', `${reply.code} ${text}`.slice(0, 300), { ...reply, text })
}
