import type { MailService } from '@mailwright/core'
import type { HttpOptions, NodeRequest } from '@mailwright/http'
import type { FactoryProvider, ModuleMetadata } from '@nestjs/common'

/**
 * `authorize` gets the request of Nest's platform second, Express's or Fastify's own, with what middleware, or on Fastify hooks, before it put there; guards
 * do not run for it. On Fastify name it: `MailModule.forRoot<FastifyRequest>(…)`.
 */
export interface MailHttpOptions<Native = NodeRequest> extends Omit<HttpOptions<Native>, 'basePath'> {
  /**
   * Where the routes are, such as `mail` or `api/mail`. Taken as it is: a global prefix of the application is not put before it, since the links in mails
   * that have gone out must go on working when the application's own routes move.
   */
  readonly path: string
}

export interface MailModuleOptions<Native = NodeRequest> {
  readonly service: MailService | Promise<MailService>
  /** Left out: the service can be injected, and nothing is served over HTTP. */
  readonly http?: MailHttpOptions<Native>
}

export interface MailModuleAsyncOptions<Native = NodeRequest> extends Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider['inject']
  // Nest's own type for factories: what `inject` names arrives here.
  readonly useFactory: FactoryProvider<MailModuleOptions<Native>>['useFactory']
}
