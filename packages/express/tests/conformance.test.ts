import type { IncomingMessage, ServerResponse } from 'node:http'
import { bindingConformance } from '@mailwright/conformance'
import express, { type Express, type RequestHandler } from 'express'
import { describe, expect, it } from 'vitest'
import { mountHandler } from '../src/mount-handler.js'
import { served } from './an-app.js'

const keepRawBody = (req: IncomingMessage, _: ServerResponse, bytes: Buffer) => {
  Object.assign(req, { rawBody: bytes })
}
const parsers = (keep: boolean): readonly RequestHandler[] => {
  const verify = keep ? { verify: keepRawBody } : {}
  return [express.json(verify), express.urlencoded(verify)]
}

const run = (title: string, before: (app: Express) => void, after: (app: Express) => void) =>
  describe(`Express 5, ${title}`, () => {
    bindingConformance({
      runner: { describe, it, expect },
      async create({ handler, basePath }) {
        const app = express()
        before(app)
        if (basePath === '') app.use(mountHandler(handler))
        else app.use(basePath, mountHandler(handler))
        after(app)
        return served(app, basePath)
      },
    })
  })

// Express 4 is not installed here; the binding uses nothing of Express but req.url below the mount, which both have.
run(
  'no body parsers',
  () => undefined,
  () => undefined,
)
run(
  'body parsers after it',
  () => undefined,
  (app) => app.use(...parsers(false)),
)
run(
  'body parsers before it that keep rawBody',
  (app) => app.use(...parsers(true)),
  () => undefined,
)
