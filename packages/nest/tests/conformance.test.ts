import { bindingConformance, type Mounting } from '@mailwright/conformance'
import { Inject, Module, type NestModule } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { describe, expect, it } from 'vitest'
import { mountHandler } from '../src/mount-handler.js'
import { served } from './an-app.js'

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

const run = (title: string, options: Parameters<typeof served>[1]) =>
  describe(`Nest 11 on Express 5, ${title}`, () => {
    bindingConformance({
      runner: { describe, it, expect },
      async create(mounting) {
        const { url, close } = await served(moduleOf(mounting), options)
        return { url: `${url}${mounting.basePath}`, close }
      },
    })
  })

run('its body parsers before it, rawBody: true', { rawBody: true })
run('its body parsers off', { bodyParser: false })
