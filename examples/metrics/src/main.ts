/**
 * What an operator watches: Mailwright counts into OpenTelemetry, and Prometheus' exporter writes it down for who asks.
 *
 *   npm start     sends a batch and serves http://127.0.0.1:9464/metrics until it is ended
 *   npm run ci    sends the batch, asks /metrics over HTTP, and compares it with the service's own statistics
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openTelemetry } from '@mailwright/adapters/metrics/opentelemetry'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { compare } from './compare.js'
import { createMail, sendBatch } from './mail.js'

const ci = process.argv.includes('--ci')

// A host that has a meter provider already takes that one.
const exporter = new PrometheusExporter({ preventServerStart: true })
const provider = new MeterProvider({ readers: [exporter] })
const mail = await createMail(openTelemetry({ meter: provider.getMeter('mailwright') }))

// Beside the host's own routes, behind whatever keeps strangers away; or let the exporter serve its port itself.
const server = createServer((request, response) => {
  if (request.url === '/metrics') exporter.getMetricsRequestHandler(request, response)
  else response.writeHead(404).end()
})
server.listen(ci ? 0 : Number(process.env.PORT ?? 9464), '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`

async function end(): Promise<void> {
  await mail.stop()
  await provider.shutdown()
  server.close()
  server.closeAllConnections()
}

await mail.start()
await sendBatch(mail)
if (ci) await compare(mail, url).finally(end)
else {
  console.log(`serving ${url}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end())
}
