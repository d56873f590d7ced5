import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MailService } from '@mailwright/core'
import { type Caller, createHttpHandler, nodeListener } from '@mailwright/http'

export interface ServedConsole {
  readonly url: string
  close(): void
}

const whoeverSitsHere: Caller = { account: 'default', role: 'admin', operator: true, actor: 'demo' }

/** The console for whoever sits at this machine. Your application has a login instead. */
export async function serveConsole(mail: MailService, port = 0): Promise<ServedConsole> {
  const handler = createHttpHandler(mail, {
    basePath: '/mail',
    console: true,
    // Only under the name of this machine, so that no other site can have its own name point here.
    authorize: ({ url }) => (['127.0.0.1', 'localhost'].includes(new URL(url).hostname) ? whoeverSitsHere : null),
  })
  const server = createServer(nodeListener(handler)).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mail/console/`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
