import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { CaptureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type MailService } from '@mailwright/core'
import type { Caller } from '@mailwright/http'
import { InjectMail, MailModule } from '@mailwright/nest'
import { Body, Controller, type DynamicModule, Inject, Injectable, Module, Post } from '@nestjs/common'

/** Who may sign in, and what they may do with mail. A real host has its own users. */
const people: Readonly<Record<string, Caller>> = {
  'token-of-ann': { account: 'default', role: 'sender' },
  'token-of-eve': { account: 'another-shop', role: 'admin' },
}

const authorize = (request: Request): Caller | null =>
  people[request.headers.get('authorization')?.replace('Bearer ', '') ?? ''] ?? null

async function createService(transport: CaptureTransport): Promise<MailService> {
  const mail = await createMailService({
    storage: memoryStorage(),
    transport,
    secret: 'only good enough for an example',
    publicUrl: 'https://app.example/mail',
  })
  await mail.ensure({
    domains: [{ name: 'mail.shop.example', trust: 'operator' }],
    senders: [{ address: 'hello@mail.shop.example', name: 'Shop' }],
    templates: [{ name: 'order', subject: 'Your order, {{name}}', html: '<p>Thank you, {{name}}</p>' }],
  })
  return mail
}

/** The service is injected wherever it is wanted. */
@Injectable()
export class OrderMails {
  constructor(@InjectMail() private readonly mail: MailService) {}

  thank(email: string, name: string) {
    return this.mail.send({ from: 'hello@mail.shop.example', to: email, template: 'order', variables: { name } })
  }
}

@Controller('orders')
export class OrdersController {
  // By token: these examples run through a compiler that emits no decorator metadata.
  constructor(@Inject(OrderMails) private readonly mails: OrderMails) {}

  @Post()
  async order(@Body() { email, name }: { readonly email: string; readonly name: string }) {
    const { requestId } = await this.mails.thank(email, name)
    return { ordered: true, mail: requestId }
  }
}

@Module({})
class AppModule {}

export const appModule = (transport: CaptureTransport): DynamicModule => ({
  module: AppModule,
  imports: [
    MailModule.forRootAsync({
      useFactory: () => ({ service: createService(transport), http: { path: 'mail', authorize } }),
    }),
  ],
  controllers: [OrdersController],
  providers: [OrderMails],
})
