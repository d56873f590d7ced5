import type { MailService } from '@mailwright/core'
import type { HttpOptions, NodeRequest } from '@mailwright/http'
import type { FactoryProvider, ModuleMetadata } from '@nestjs/common'

/** `authorize` gets the request of Nest's platform second, with what middleware before it put there; guards do not run for it. */
export interface MailHttpOptions extends Omit<HttpOptions<NodeRequest>, 'basePath'> {
  /** Where the routes are, such as `mail` or `api/mail`. Taken as it is: a global prefix of the application is not put before it. */
  readonly path: string
}

export interface MailModuleOptions {
  readonly service: MailService | Promise<MailService>
  /** Left out: the service can be injected, and nothing is served over HTTP. */
  readonly http?: MailHttpOptions
}

export interface MailModuleAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider['inject']
  // Nest's own type for factories: what `inject` names arrives here.
  readonly useFactory: FactoryProvider<MailModuleOptions>['useFactory']
}
