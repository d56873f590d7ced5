import { MailError, type SourceRoute, type Transport } from '@mailwright/core'

export interface RouteTransportOptions {
  /** Mail that leaves from the shared pool, and from addresses of no relay. */
  readonly default: Transport
  /** The relays that own dedicated IPs, by the names `dedicatedIps` has for them. */
  readonly relays: Readonly<Record<string, Transport>>
}

/**
 * One transport made of several: mail of a dedicated IP that belongs to a relay goes through that relay, which is told nothing of the IP: a relay sends from
 * its own address. Everything else goes through the default. A relay that is not there leaves the mail `unreached`: it waits for the operator, and is no bounce.
 */
export const routeTransport = ({ default: shared, relays }: RouteTransportOptions): Transport => {
  const known = new Map(Object.entries(relays))
  const all = [shared, ...known.values()]
  if (known.size === 0) throw new MailError('OPTIONS_INVALID', { field: 'relays', expected: 'at least one relay' })
  const least = (of: (transport: Transport) => number) => Math.min(...all.map(of))

  const wayOf = (
    route: SourceRoute | null,
  ): { readonly transport: Transport; readonly route: SourceRoute | null } | null => {
    if (route === null) return { transport: shared, route }
    if (route.relay === null) return shared.capabilities.sourceAddress ? { transport: shared, route } : null
    const transport = known.get(route.relay)
    if (transport === undefined) return null
    return { transport, route: transport.capabilities.sourceAddress ? { ...route, relay: null } : null }
  }

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
      const way = wayOf(route)
      if (way !== null) return way.transport.send({ ...request, route: way.route }, signal)
      const cause = route?.relay
        ? `there is no relay ${route.relay} among those of the route transport`
        : 'the default transport cannot send from an address of its own'
      return { recipients: request.envelope.to.map(() => ({ type: 'unreached', stage: 'connect', cause })) }
    },
    async close() {
      await Promise.all(all.map((transport) => transport.close()))
    },
  }
}
