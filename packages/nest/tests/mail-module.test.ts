import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type MailService } from '@mailwright/core'
import { Controller, Get, Inject, Injectable, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { afterEach, describe, expect, it } from 'vitest'
import { InjectMail, MAIL_SERVICE, MailModule } from '../src/index.js'
import { platforms, served } from './an-app.js'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const aService = () =>
  createMailService({ storage: memoryStorage(), transport: captureTransport(), secret: 'a secret only for the tests' })

const authorize = (request: Request) =>
  request.headers.get('authorization') === 'Bearer ann' ? ({ account: 'acme', role: 'sender' } as const) : null

@Injectable()
class Welcome {
  constructor(@InjectMail() readonly mail: MailService) {}
}

@Controller('host')
class HostController {
  constructor(@Inject(Welcome) private readonly welcome: Welcome) {}
  @Get()
  async worker() {
    return (await this.welcome.mail.health()).worker
  }
}

const SETTINGS = Symbol('settings')

@Module({ providers: [{ provide: SETTINGS, useValue: { path: 'api/mail' } }], exports: [SETTINGS] })
class SettingsModule {}

@Module({
  imports: [
    MailModule.forRootAsync({
      imports: [SettingsModule],
      inject: [SETTINGS],
      useFactory: async ({ path }: { path: string }) => ({ service: aService(), http: { path, authorize } }),
    }),
  ],
  controllers: [HostController],
  providers: [Welcome],
})
class AppModule {}

const headers = { authorization: 'Bearer ann', 'content-type': 'application/json' }
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

describe('MailModule', () => {
  it('starts the service on bootstrap, injects it, serves it beside the host’s own routes, and stops it on shutdown', async () => {
    const { app, url, close } = await served(AppModule, { rawBody: true })
    closing.push(close)
    expect(await (await fetch(`${url}/host`)).text()).toBe('running')
    const made = await fetch(`${url}/api/mail/groups`, { method: 'POST', headers, body: '{"name":"readers"}' })
    expect([made.status, await made.json()]).toEqual([201, expect.objectContaining({ name: 'readers' })])
    const csv = 'email,name\nann@example.org,Ann\n'
    const imported = await fetch(`${url}/api/mail/groups/readers/import`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/csv' },
      body: csv,
    })
    expect(await imported.json()).toMatchObject({ valid: 1 })
    expect(await codeOf(await fetch(`${url}/api/mail/nothing`, { headers }))).toBe('ROUTE_UNKNOWN')
    const mail = app.get<MailService>(MAIL_SERVICE)
    await closing.pop()?.()
    expect((await mail.health()).worker).toBe('stopped')
  })

  it('ACC-3: refuses whom authorize does not know', async () => {
    const { url, close } = await served(AppModule, { rawBody: true })
    closing.push(close)
    expect(await codeOf(await fetch(`${url}/api/mail/tasks`))).toBe('UNAUTHENTICATED')
    expect((await fetch(`${url}/api/mail/health`)).status).toBe(200)
  })

  it('ACC-3: the application does not come up without authorize', async () => {
    // @ts-expect-error a host written in JavaScript may leave it out
    const module = MailModule.forRoot({ service: await aService(), http: { path: 'mail' } })
    await expect(served(module, {})).rejects.toMatchObject({ code: 'OPTIONS_INVALID' })
  })

  it('says RAW_BODY_CONSUMED where the application was made without rawBody', async () => {
    const { url, close } = await served(AppModule, {})
    closing.push(close)
    const response = await fetch(`${url}/api/mail/groups`, { method: 'POST', headers, body: '{"name":"readers"}' })
    expect([response.status, await codeOf(response)]).toEqual([500, 'RAW_BODY_CONSUMED'])
  })

  it('works without HTTP, in an application context of its own', async () => {
    const service = await aService()
    const context = await NestFactory.createApplicationContext(MailModule.forRoot({ service }), { logger: false })
    expect(context.get<MailService>(MAIL_SERVICE)).toBe(service)
    expect((await service.health()).worker).toBe('running')
    await context.close()
    expect((await service.health()).worker).toBe('stopped')
  })

  it.each(['a?b', 'a/:id', '{x}'])('refuses %s as a path', async (path) => {
    const module = MailModule.forRoot({ service: aService(), http: { path, authorize } })
    await expect(served(module, {})).rejects.toMatchObject({ details: { field: 'http.path' } })
  })

  it.each(platforms)(
    '%s: authorize gets the platform’s own request, and routes of the host’s below the path stay Mailwright’s',
    async (platform) => {
      @Controller('mail')
      class Shadow {
        @Get('health')
        health() {
          return 'the host’s own'
        }
      }
      const natives: string[] = []
      const service = await aService()
      const module = MailModule.forRoot<{ readonly hostname: string }>({
        service,
        http: {
          path: 'mail',
          authorize(_, { hostname }) {
            natives.push(hostname)
            return null
          },
        },
      })
      const { url, close } = await served({ ...module, controllers: [Shadow] }, { platform })
      closing.push(close)
      expect(await (await fetch(`${url}/mail/health`)).json()).toEqual({ ok: true })
      expect((await fetch(`${url}/mailbox`)).status).toBe(404)
      expect(await codeOf(await fetch(`${url}/mail/tasks`))).toBe('UNAUTHENTICATED')
      expect(natives).toEqual(['127.0.0.1'])
    },
  )

  it.each(platforms)(
    'ACC-3: on %s the origin is compared with the host that a trusted proxy says was asked',
    async (platform) => {
      const write = async (trustProxy: boolean) => {
        const { url, close } = await served(AppModule, { platform, trustProxy, rawBody: true })
        closing.push(close)
        const proxied = {
          origin: 'https://app.example',
          'x-forwarded-host': 'app.example',
          'x-forwarded-proto': 'https',
        }
        const body = '{"name":"readers"}'
        return (await fetch(`${url}/api/mail/groups`, { method: 'POST', headers: { ...headers, ...proxied }, body }))
          .status
      }
      expect([await write(true), await write(false)]).toEqual([201, 403])
    },
  )

  it('starts the service once and stops it once, however often the application is told to end', async () => {
    const service = await aService()
    const calls: string[] = []
    const counted = {
      ...service,
      start: () => {
        calls.push('start')
        return service.start()
      },
      stop: () => {
        calls.push('stop')
        return service.stop()
      },
    }
    const { app } = await served(MailModule.forRoot({ service: counted }), {})
    await app.init()
    await Promise.all([app.close(), app.close()])
    await app.close()
    expect(calls.filter((call) => call === 'start')).toHaveLength(1)
    expect(calls.filter((call) => call === 'stop')).toHaveLength(1)
  })

  it('a global prefix of the application moves its own routes and not Mailwright’s', async () => {
    const { app, close } = await served(AppModule, { rawBody: true, prefix: 'v2' })
    closing.push(close)
    const url = await app.getUrl()
    expect((await fetch(`${url}/v2/host`)).status).toBe(200)
    expect((await fetch(`${url}/api/mail/health`)).status).toBe(200)
    expect((await fetch(`${url}/v2/api/mail/health`)).status).toBe(404)
  })
})
