import type { IncomingMessage, ServerResponse } from 'node:http'
import { bindingConformance } from '@mailwright/conformance'
import type { Express, RequestHandler, Router } from 'express'
import { describe, expect, it } from 'vitest'
import { mountHandler } from '../src/mount-handler.js'
import { served } from './an-app.js'
import { compressing } from './compressing.js'
import { versions } from './express-versions.js'

const keepRawBody = (req: IncomingMessage, _: ServerResponse, bytes: Buffer) => {
  Object.assign(req, { rawBody: bytes })
}

for (const [version, express] of versions) {
  const parsers = (keep: boolean): readonly RequestHandler[] => {
    const verify = keep ? { verify: keepRawBody } : {}
    return [express.json(verify), express.urlencoded({ ...verify, extended: true })]
  }
  const onPath = (app: Express | Router, path: string, mounted: RequestHandler) => {
    // Both have it; the union of their overloads nobody can call.
    ;(app as Router).use(path === '' ? '/' : path, mounted)
  }

  const run = (title: string, build: (app: Express, path: string, mounted: RequestHandler) => void) =>
    describe(`${version}, ${title}`, () => {
      bindingConformance({
        runner: { describe, it, expect },
        async create({ handler, basePath }) {
          const app = express()
          build(app, basePath, mountHandler(handler))
          return served(app, basePath)
        },
      })
    })

  run('no body parsers', onPath)
  run('body parsers after it', (app, path, mounted) => {
    onPath(app, path, mounted)
    app.use(...parsers(false))
  })
  run('body parsers before it that keep rawBody', (app, path, mounted) => {
    app.use(...parsers(true))
    onPath(app, path, mounted)
  })
  run('in a router of its own, strict and case-sensitive, behind a proxy', (app, path, mounted) => {
    app.set('strict routing', true).set('case sensitive routing', true).set('trust proxy', 'loopback')
    const router = express.Router()
    onPath(app, path, router)
    router.use(mounted)
  })
  run('in a router of a router, by parts of the path', (app, path, mounted) => {
    const [first = '', second = ''] = path.split(/(?=\/v1)/)
    const router = express.Router()
    onPath(app, first, router)
    onPath(router, second, mounted)
  })
  run('behind middleware that compresses', (app, path, mounted) => {
    app.use(compressing)
    onPath(app, path, mounted)
  })
}
