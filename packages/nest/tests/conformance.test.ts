import { bindingConformance, type Mounting } from '@mailwright/conformance'
import { Inject, Module, type NestModule } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { describe, expect, it } from 'vitest'
import { mountHandler } from '../src/mount-handler.js'
import { type Platform, platforms, served } from './an-app.js'

/** Mounts the suite's handler exactly as MailModule mounts its own. */
function moduleOf({ handler, basePath }: Mounting) {
  @Module({})
  class Mounted implements NestModule {
    constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}
    configure(): void {
      mountHandler(this.host, basePath, handler)
    }
  }
  return Mounted
}

const run = (platform: Platform, title: string, options: Parameters<typeof served>[1]) =>
  describe(`Nest on ${platform}, ${title}`, () => {
    bindingConformance({
      runner: { describe, it, expect },
      async create(mounting) {
        const { url, close } = await served(moduleOf(mounting), { platform, ...options })
        return { url: `${url}${mounting.basePath}`, close }
      },
    })
  })

for (const platform of platforms) {
  run(platform, 'its body parsers before it, rawBody: true', { rawBody: true })
  run(platform, 'its body parsers off', { bodyParser: false })
}
run('Fastify', 'its body parsers keep nothing', {})
