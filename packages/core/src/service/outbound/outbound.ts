import { MailError } from '../../errors/mail-error.js'
import type { Transport } from '../../ports/transport.js'
import type { Context } from '../../use-cases/context.js'
import type { ParsedOptions } from '../options.js'
import { createInbox, type Inbox } from './inbox.js'
import { redirectAll } from './redirect-all.js'
import { withSimulator } from './simulator.js'

interface LoudLine {
  readonly event: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface Outbound {
  readonly transport: Transport
  /** null unless `dev`. */
  readonly inbox: Inbox | null
}

/** The way out as dispatch sees it: the simulator first, then the redirection, then the host's transport or the inbox. */
export function outboundOf(
  { dev, transport, redirectAllTo }: Pick<ParsedOptions, 'dev' | 'transport' | 'redirectAllTo'>,
  { now, after }: { readonly now: () => number; readonly after: Context['after'] },
): Outbound {
  const kept = dev ? createInbox(now) : null
  const last = kept?.transport ?? transport
  if (!last) throw new MailError('OPTIONS_INVALID', { field: 'transport', expected: 'a transport, or dev: true' })
  const redirected = redirectAllTo === undefined ? last : redirectAll(last, redirectAllTo)
  return { transport: withSimulator(redirected, after), inbox: kept?.inbox ?? null }
}

/** What nobody should overlook in a log. */
export const loudLines = ({
  dev,
  redirectAllTo,
}: Pick<ParsedOptions, 'dev' | 'redirectAllTo'>): readonly LoudLine[] => [
  ...(dev ? [{ event: 'dev-mode', fields: { effect: 'no mail leaves this process; every domain is trusted' } }] : []),
  ...(redirectAllTo ? [{ event: 'redirect-all', fields: { effect: 'every mail goes to one address' } }] : []),
]
