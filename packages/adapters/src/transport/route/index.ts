import {
  type Logger,
  MailError,
  type RecipientOutcome,
  redactingLogger,
  type SourceRoute,
  type Transport,
} from '@mailwright/core'
import { type RelayWatch, watchRelay } from './relay-watch.js'

export interface RouteTransportOptions {
  /** Mail that leaves from the shared pool, and from addresses of no relay. */
  readonly default: Transport
  /** The relays that own dedicated IPs, by the names `dedicatedIps` has for them. */
  readonly relays: Readonly<Record<string, Transport>>
  /** Told of relays that cannot be reached, and of mail for relays that are not there. */
  readonly logger?: Logger
}

/** Mail that nobody here can send waits for the operator, and is looked at again so often. */
const UNKNOWN_MS = 60_000

interface Way {
  readonly transport: Transport
  readonly route: SourceRoute | null
  /** null: the transport speaks for itself. */
  readonly watch: RelayWatch | null
}

/**
 * One transport made of several: mail of a dedicated IP that belongs to a relay goes through that relay, which is told nothing of the IP: a relay sends from
 * its own address. Everything else goes through the default. A relay that is down or not there holds its own mail and nobody else's: that is no attempt, and no
 * bounce. The default is told of as it is: while a default that is one relay cannot be reached, all mail waits.
 */
export const routeTransport = ({ default: shared, relays, ...options }: RouteTransportOptions): Transport => {
  const logger = redactingLogger(options.logger)
  const known = new Map(Object.entries(relays))
  const now = () => performance.now()
  const watches = new Map(
    [...known].map(([name, { capabilities }]) => [
      name,
      capabilities.direct
        ? null
        : watchRelay(name, now, (cause) => logger.log('warn', 'relay-unreached', { relay: name, cause })),
    ]),
  )
  const all = [shared, ...known.values()]
  if (known.size === 0) throw new MailError('OPTIONS_INVALID', { field: 'relays', expected: 'at least one relay' })
  const least = (of: (transport: Transport) => number) => Math.min(...all.map(of))

  const wayOf = (route: SourceRoute | null): Way | null => {
    if (route === null) return { transport: shared, route, watch: null }
    if (route.relay === null)
      return shared.capabilities.sourceAddress ? { transport: shared, route, watch: null } : null
    const transport = known.get(route.relay)
    if (transport === undefined) return null
    const own = transport.capabilities.sourceAddress ? { ...route, relay: null } : null
    return { transport, route: own, watch: watches.get(route.relay) ?? null }
  }

  const held = (to: readonly string[], forMs: number, cause: string): { readonly recipients: RecipientOutcome[] } => ({
    recipients: to.map(() => ({ type: 'held', forMs, cause })),
  })

  return {
    name: 'route',
    capabilities: {
      concurrency: all.reduce((sum, { capabilities }) => sum + capabilities.concurrency, 0),
      maxBytes: least(({ capabilities }) => capabilities.maxBytes),
      idempotent: all.every(({ capabilities }) => capabilities.idempotent),
      smtpUtf8: all.every(({ capabilities }) => capabilities.smtpUtf8),
      sourceAddress: true,
      direct: shared.capabilities.direct,
    },
    async send({ route, ...request }, signal) {
      const { to } = request.envelope
      const way = wayOf(route)
      if (way === null) {
        const cause = route?.relay
          ? `there is no relay ${route.relay} among those of the route transport`
          : 'the default transport cannot send from an address of its own'
        logger.log('warn', 'route-unknown', { relay: route?.relay, cause })
        return held(to, UNKNOWN_MS, cause)
      }
      const { transport, watch } = way
      if (watch !== null && watch.leftAloneMs > 0)
        return held(to, watch.leftAloneMs, `relay ${route?.relay} was not reached and is left alone`)
      const result = await transport.send({ ...request, route: way.route }, signal)
      return watch === null || signal.aborted ? result : watch.heard(result)
    },
    async close() {
      await Promise.all(all.map((transport) => transport.close()))
    },
  }
}
