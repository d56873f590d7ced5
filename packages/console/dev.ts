/**
 * The console while it is written: vite's development server over a service in memory that is full of samples.
 *
 *   npm run dev --workspace @mailwright/console        PORT (default: any), EMPTY=1 for nothing in it, ROLE for viewer or sender
 */
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Caller, createHttpHandler, nodeListener } from '@mailwright/http'
import { createServer } from 'vite'
import { fillSamples, sampleService } from './samples.js'

const { PORT = '0', EMPTY, ROLE = 'admin' } = process.env
const samples = await sampleService()
if (EMPTY === undefined) await fillSamples(samples)
await samples.mail.start()

const caller = { account: 'default', role: ROLE, operator: ROLE === 'admin', actor: 'developer' } as Caller
const api = nodeListener(
  createHttpHandler(samples.mail, { authorize: () => caller, basePath: '/mail', onError: console.error }),
)
const server = createHttpServer((req, res) => {
  if (req.url?.startsWith('/mail/console')) vite.middlewares(req, res)
  else void api(req, res)
})
const vite = await createServer({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/mail/console/',
  server: { middlewareMode: true, hmr: { server } },
})
server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mail/console/`)
})
