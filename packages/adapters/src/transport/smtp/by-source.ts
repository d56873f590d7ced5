import { MailError, type SourceRoute, type Transport } from '@mailwright/core'

/** Sets up a transport that leaves from one address, with one name. */
export type FromSource = (source: Pick<SourceRoute, 'ip' | 'ehlo'> | null) => Transport

/**
 * One transport made of one for each source (DIP-3): no connection is shared between two. A source is kept for good, because an operator has few; its
 * connections end when they are idle. Mail of an address that belongs to some relay is left `unreached`: this is the way to one server, whatever its name.
 */
export const bySource = (fromSource: FromSource): Transport => {
  const shared = fromSource(null)
  const own = new Map<string, Transport>()
  let closed = false

  const transportFor = ({ ip, ehlo }: SourceRoute): Transport => {
    const key = `${ip} ${ehlo}`
    const transport = own.get(key) ?? fromSource({ ip, ehlo })
    own.set(key, transport)
    return transport
  }

  return {
    name: shared.name,
    capabilities: { ...shared.capabilities, sourceAddress: true },
    async send(request, signal) {
      const { route, envelope } = request
      if (closed) throw new MailError('SERVICE_STOPPED', { transport: shared.name })
      if (route === null) return shared.send(request, signal)
      if (route.relay === null) return transportFor(route).send({ ...request, route: null }, signal)
      const cause = `the source address belongs to the relay ${route.relay}`
      return { recipients: envelope.to.map(() => ({ type: 'unreached', stage: 'connect', cause })) }
    },
    async close() {
      closed = true
      await Promise.all([shared, ...own.values()].map((transport) => transport.close()))
    },
  }
}
