export { InjectMail, MAIL_SERVICE } from './inject-mail.js'
export { MailModule } from './mail-module.js'
export type { MailHttpOptions, MailModuleAsyncOptions, MailModuleOptions } from './options.js'
