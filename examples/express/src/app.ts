import type { MailService } from '@mailwright/core'
import { mailRouter } from '@mailwright/express'
import express, { type Express, type RequestHandler } from 'express'

/** Who may sign in to this shop, and what they may do with mail. A real host has its own users. */
const people: Readonly<Record<string, { account: string; role: 'viewer' | 'sender' | 'admin' }>> = {
  'token-of-ann': { account: 'default', role: 'sender' },
  'token-of-bob': { account: 'default', role: 'viewer' },
  'token-of-eve': { account: 'another-shop', role: 'admin' },
}

/** The host's own login: everything after it knows the person. */
const signIn: RequestHandler = (req, res, next) => {
  res.locals.person = people[req.headers.authorization?.replace('Bearer ', '') ?? ''] ?? null
  next()
}

/** An Express 5 application that has Mailwright behind its login, under /mail, and its own routes beside it. */
export function createApp(mail: MailService): Express {
  const app = express()
  app.use(signIn)
  // Before the body parsers: the router reads the bodies of its own paths itself.
  app.use('/mail', mailRouter(mail, { authorize: (_, req) => req.res?.locals.person ?? null }))
  app.use(express.json())
  app.post('/orders', async (req, res) => {
    const { email, name } = req.body as { email: string; name: string }
    const { requestId } = await mail.send({
      from: 'hello@mail.shop.example',
      to: email,
      template: 'order',
      variables: { name },
    })
    res.status(201).json({ ordered: true, mail: requestId })
  })
  return app
}
