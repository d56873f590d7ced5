import type { MailService } from '@mailwright/core'
import { mailRouter } from '@mailwright/express'
import express, { type Express } from 'express'
import { requirePage, session, signIn } from './session.js'

/** An Express application, 4 or 5, with Mailwright and its console behind its login, under /mail, and its own routes beside it. */
export function createApp(mail: MailService): Express {
  const app = express()
  app.use(signIn, session)
  // Before the body parsers: the router reads the bodies of its own paths itself.
  app.use('/mail/console', requirePage)
  app.use('/mail', mailRouter(mail, { authorize: (_, req) => req.res?.locals.person ?? null, console: true }))
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
