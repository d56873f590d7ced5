import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Caller } from '@mailwright/http'
import { passwordFits } from './password-hash.js'

export interface OperatorLogin {
  readonly user: string
  /** Of `mailwright hash-password`. */
  readonly hash: string
}

/** Guesses that wait for their turn; what comes on top is refused unheard, so that guessing costs one thread at most. */
const WAITING_MOST = 10

interface Credentials {
  readonly user: string
  readonly password: string
}

/** RFC 7617: the user ends at the first colon. */
function credentialsOf(header: string | null): Credentials | null {
  const token = /^basic +([\w+/=-]+)$/i.exec(header ?? '')?.[1]
  if (token === undefined) return null
  const text = Buffer.from(token, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

/**
 * The one operator of the environment, by HTTP Basic: admin of the account `default`, and operator. One guess is looked at after the other; credentials that
 * were right are known again by a keyed digest, so that a page with forty requests derives one key.
 */
export function operatorLogin(login: OperatorLogin): (authorization: string | null) => Promise<Caller | null> {
  const caller: Caller = { account: 'default', role: 'admin', actor: login.user, operator: true }
  const secret = randomBytes(32)
  const digestOf = (text: string): Buffer => createHmac('sha256', secret).update(text).digest()
  const user = digestOf(login.user)
  let known: Buffer | null = null
  let turn: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const check = async (given: Credentials, digest: Buffer): Promise<boolean> => {
    if (known !== null && timingSafeEqual(known, digest)) return true
    const fits = await passwordFits(given.password, login.hash)
    const right = timingSafeEqual(digestOf(given.user), user) && fits
    if (right) known = digest
    return right
  }

  return async (authorization) => {
    const given = credentialsOf(authorization)
    if (given === null) return null
    const digest = digestOf(`${given.user}:${given.password}`)
    if (known !== null && timingSafeEqual(known, digest)) return caller
    if (waiting >= WAITING_MOST) return null
    waiting += 1
    const checked = turn
      .then(() => check(given, digest))
      .finally(() => {
        waiting -= 1
      })
    turn = checked.catch(() => undefined)
    return (await checked) ? caller : null
  }
}
