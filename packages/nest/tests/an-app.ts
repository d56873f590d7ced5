import 'reflect-metadata'
import type { NestApplicationOptions } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'

/** Makes and serves a Nest application on a port of its own. */
export async function served(module: Parameters<typeof NestFactory.create>[0], options: NestApplicationOptions) {
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: false,
    abortOnError: false,
    ...options,
  })
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
