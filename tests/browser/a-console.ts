import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Caller, createHttpHandler, nodeListener } from '@mailwright/http'
import type { BrowserContextOptions } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { fillSamples, type SampleService, sampleService } from '../../packages/console/samples.js'
import { openPage, type Seen } from './a-browser.js'

interface Wanted {
  /** Left out: one of everything, see samples.ts. */
  readonly empty?: true
  readonly role?: Caller['role']
  readonly service?: SampleService
  readonly context?: BrowserContextOptions
}

export interface OpenConsole extends Seen {
  readonly samples: SampleService
  readonly mail: SampleService['mail']
  /** Of the console, with a slash at its end. */
  readonly url: string
  /** Opens one of its pages: `go('domains/mail.shop.example')`. */
  go(path: string): Promise<void>
}

/** The console, as it is built, over a service in memory, mounted deep, in a page of its own. Gone when the test ends. */
export async function aConsole({ empty, role = 'admin', service, context }: Wanted = {}): Promise<OpenConsole> {
  const samples = service ?? (await sampleService())
  if (!empty && service === undefined) await fillSamples(samples)
  const caller: Caller = { account: 'default', role, operator: role === 'admin', actor: 'tester' }
  const handler = createHttpHandler(samples.mail, { authorize: () => caller, basePath: '/deep/mail', console: true })
  const server = createServer(nodeListener(handler))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const seen = await openPage(origin, context)
  onTestFinished(async () => {
    await seen.page.context().close()
    server.closeAllConnections()
    server.close()
    await samples.mail.stop()
  })
  const url = `${origin}/deep/mail/console/`
  const go = async (path: string) => {
    // From a blank page, so that nothing of the former one is taken for the new.
    await seen.page.goto('about:blank')
    await seen.page.goto(`${url}#/${path}`)
    await seen.page.getByRole('heading', { level: 1 }).waitFor()
  }
  return { ...seen, samples, mail: samples.mail, url, go }
}
