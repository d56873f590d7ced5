import 'reflect-metadata'
import type { NestApplicationOptions } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'

export const platforms = ['Express', 'Fastify'] as const
export type Platform = (typeof platforms)[number]

/** Makes and serves a Nest application on a port of its own. */
export async function served(
  module: Parameters<typeof NestFactory.create>[0],
  {
    platform = 'Express',
    trustProxy = false,
    prefix = '',
    ...options
  }: NestApplicationOptions & {
    readonly platform?: Platform
    readonly trustProxy?: boolean
    readonly prefix?: string
  },
) {
  const adapter = platform === 'Fastify' ? new FastifyAdapter({ trustProxy }) : new ExpressAdapter()
  if (trustProxy && platform === 'Express') adapter.getInstance().set('trust proxy', true)
  const app = await NestFactory.create(module, adapter, { logger: false, abortOnError: false, ...options })
  app.setGlobalPrefix(prefix)
  await app.listen(0, '127.0.0.1')
  const server = app.getHttpServer()
  return {
    app,
    url: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
    async close() {
      server.closeAllConnections()
      await app.close()
    },
  }
}
