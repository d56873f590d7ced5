import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Caller } from '@mailwright/http'
import { type RequestHandler, Router, urlencoded } from 'express'

/**
 * The host's own login, as small as an example can have it: two people, one cookie. It has no expiry, no protection against guessing, and passwords in the
 * source. Put yours here; Mailwright only asks who is signed in.
 */
const people: Readonly<Record<string, Caller & { readonly password: string }>> = {
  ann: { password: 'ann’s password', account: 'default', role: 'sender' },
  bob: { password: 'bob’s password', account: 'default', role: 'viewer' },
}
const KEY = process.env.SESSION_SECRET ?? 'only good enough for an example'

const sign = (name: string): string => `${name}.${createHmac('sha256', KEY).update(name).digest('base64url')}`

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** POST /sign-in with `name` and `password`, as a form sends them. */
export const signIn: Router = Router().post('/sign-in', urlencoded({ extended: false }), (req, res) => {
  const { name, password } = (req.body ?? {}) as Record<string, unknown>
  const person = typeof name === 'string' && Object.hasOwn(people, name) ? people[name] : undefined
  if (person === undefined || !same(String(password), person.password)) {
    res.status(401).json({ signedIn: false })
    return
  }
  res.cookie('session', sign(String(name)), { httpOnly: true, sameSite: 'lax' }).json({ signedIn: true })
})

/** Everything after it knows the person as `res.locals.person`. */
export const session: RequestHandler = (req, res, next) => {
  const cookie = /(?:^|;\s*)session=([^;]+)/.exec(req.headers.cookie ?? '')?.[1] ?? ''
  const name = cookie.split('.')[0] ?? ''
  const known = Object.hasOwn(people, name) && same(cookie, sign(name))
  const person = known ? people[name] : undefined
  res.locals.person = person ? { account: person.account, role: person.role } : null
  next()
}
