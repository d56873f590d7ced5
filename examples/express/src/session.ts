import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Caller } from '@mailwright/http'
import { type RequestHandler, Router, urlencoded } from 'express'

/**
 * The host's own login, as small as an example can have it: three people, one cookie. It has no expiry, no protection against guessing, and passwords in the
 * source. Put yours here; Mailwright only asks who is signed in.
 */
const people: Readonly<Record<string, Caller & { readonly password: string }>> = {
  ann: { password: 'ann’s password', account: 'default', role: 'sender' },
  eve: { password: 'eve’s password', account: 'default', role: 'admin' },
  bob: { password: 'bob’s password', account: 'default', role: 'viewer' },
}
const KEY = process.env.SESSION_SECRET ?? 'only good enough for an example'

const sign = (name: string): string => `${name}.${createHmac('sha256', KEY).update(name).digest('base64url')}`

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const PAGE = `<!doctype html><html lang="en"><title>Sign in</title><form method="post" action="/sign-in">
<label>Name <input name="name" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign in</button></form></html>`

/** GET /sign-in is a form; POST takes `name` and `password`, and leads people to the console. */
export const signIn: Router = Router()
  .get('/sign-in', (_, res) => void res.send(PAGE))
  .post('/sign-in', urlencoded({ extended: false }), (req, res) => {
    const { name, password } = (req.body ?? {}) as Record<string, unknown>
    const person = typeof name === 'string' && Object.hasOwn(people, name) ? people[name] : undefined
    if (person === undefined || !same(String(password), person.password)) {
      res.status(401).json({ signedIn: false })
      return
    }
    res.cookie('session', sign(String(name)), { httpOnly: true, sameSite: 'lax' })
    if (req.accepts(['json', 'html']) === 'html') res.redirect(303, '/mail/console/')
    else res.json({ signedIn: true })
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

/** People who come to a page without being signed in are asked to. */
export const requirePage: RequestHandler = (req, res, next) => {
  if (res.locals.person === null && req.accepts(['json', 'html']) === 'html') res.redirect('/sign-in')
  else next()
}
