import type { MailService } from '@mailwright/core'
import { createHttpHandler, type HttpOptions } from '@mailwright/http'
import type { Request as ExpressRequest, RequestHandler } from 'express'
import { mountHandler } from './mount-handler.js'

/** Where it is mounted is Express's business, so there is no `basePath`. `authorize` gets Express's own request second, with what the login put on it. */
export type MailRouterOptions = Omit<HttpOptions<ExpressRequest>, 'basePath'>

/**
 * Mailwright's HTTP surface for Express 4 and 5: `app.use('/mail', mailRouter(mail, { authorize }))`. Mount it after what signs people in and before
 * body parsers; behind one, keep the bytes as `req.rawBody` (`express.json({ verify: (req, _, bytes) => { req.rawBody = bytes } })`), else requests
 * with a parsed body are answered with RAW_BODY_CONSUMED. It answers every path below its mount, so at the root it comes last.
 * @throws OPTIONS_INVALID, also when there is no `authorize`.
 */
export function mailRouter(mail: MailService, options: MailRouterOptions): RequestHandler {
  return mountHandler(createHttpHandler(mail, options), options.onError)
}
