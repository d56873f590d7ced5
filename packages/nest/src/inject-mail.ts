import { Inject } from '@nestjs/common'

/** The token of the service, for `useFactory` and tests. */
export const MAIL_SERVICE = Symbol.for('mailwright.service')

/** `constructor(@InjectMail() private readonly mail: MailService) {}`. By token, so it works without emitted decorator metadata. */
export const InjectMail = (): ParameterDecorator & PropertyDecorator => Inject(MAIL_SERVICE)
