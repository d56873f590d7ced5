import type { MailService } from '@mailwright/core'
import { InjectMail, MailModule } from '@mailwright/nest'
import { Body, Controller, Inject, Injectable, Module, Post } from '@nestjs/common'
import { authorize } from './basic-auth.js'
import { createMail } from './mail.js'

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

@Module({
  imports: [
    MailModule.forRootAsync({
      useFactory: () => ({ service: createMail(), http: { path: 'mail', authorize, console: true } }),
    }),
  ],
  controllers: [OrdersController],
  providers: [OrderMails],
})
export class AppModule {}
