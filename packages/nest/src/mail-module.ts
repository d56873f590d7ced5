import type { MailService } from '@mailwright/core'
import { createHttpHandler, type NodeRequest } from '@mailwright/http'
import {
  type DynamicModule,
  Inject,
  Module,
  type NestModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { MAIL_SERVICE } from './inject-mail.js'
import { mountHandler } from './mount-handler.js'
import type { MailModuleAsyncOptions, MailModuleOptions } from './options.js'

const MAIL_OPTIONS = Symbol.for('mailwright.module-options')

/**
 * Starts the service when the application has come up and stops it after the last request has been answered. With `http` it serves Mailwright's routes. On
 * Express make the application with `NestFactory.create(AppModule, { rawBody: true })`, since Nest's parsers come first; they take 100 kB of JSON: for
 * attachments call `app.useBodyParser('json', { limit: '12mb' })`. On Fastify the routes come before parsing and need neither. The service is injected
 * anywhere with `@InjectMail()`.
 */
@Module({})
export class MailModule implements NestModule, OnApplicationBootstrap, OnApplicationShutdown {
  static forRoot<Native = NodeRequest>(options: MailModuleOptions<Native>): DynamicModule {
    return moduleWith([{ provide: MAIL_OPTIONS, useValue: options }])
  }

  static forRootAsync<Native = NodeRequest>({
    imports,
    inject = [],
    useFactory,
  }: MailModuleAsyncOptions<Native>): DynamicModule {
    return moduleWith([{ provide: MAIL_OPTIONS, inject, useFactory }], imports)
  }

  private stopped: Promise<void> | null = null

  constructor(
    @Inject(MAIL_OPTIONS) private readonly options: MailModuleOptions,
    @Inject(MAIL_SERVICE) private readonly service: MailService,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {}

  configure(): void {
    const { http } = this.options
    if (!http) return
    const { path, ...options } = http
    mountHandler(this.host, path, createHttpHandler(this.service, options), options.onError)
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.service.start()
  }

  /** Nest calls it again for each further `close()`. */
  onApplicationShutdown(): Promise<void> {
    this.stopped ??= this.service.stop()
    return this.stopped
  }
}

const serviceProvider: Provider = {
  provide: MAIL_SERVICE,
  inject: [MAIL_OPTIONS],
  // Nest waits for a promised service.
  useFactory: ({ service }: MailModuleOptions) => service,
}

const moduleWith = (providers: readonly Provider[], imports: DynamicModule['imports'] = []): DynamicModule => ({
  module: MailModule,
  global: true,
  imports,
  providers: [...providers, serviceProvider],
  exports: [MAIL_SERVICE],
})
