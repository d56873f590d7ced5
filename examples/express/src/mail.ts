import { pglite, postgres } from '@mailwright/adapters/storage/postgres'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService, type MailService } from '@mailwright/core'

const { DATABASE_URL, DATA_DIR = './mail-data', MAIL_SECRET, PUBLIC_URL, SMTP_URL } = process.env

/** Your Postgres and your relay where the environment names them; else an embedded database, and mail that stays in this process. */
export async function createMail(): Promise<MailService> {
  const mail = await createMailService({
    storage: DATABASE_URL ? postgres({ url: DATABASE_URL }) : pglite(DATA_DIR),
    ...(SMTP_URL ? { transport: smtp({ url: SMTP_URL }) } : { dev: true }),
    secret: MAIL_SECRET ?? 'only good enough for an example',
    publicUrl: PUBLIC_URL ?? 'https://app.example/mail',
  })
  // Safe to repeat at every start.
  await mail.ensure({
    domains: [{ name: 'mail.shop.example', trust: 'operator' }],
    senders: [{ address: 'hello@mail.shop.example', name: 'Shop' }],
    templates: [{ name: 'order', subject: 'Your order, {{name}}', html: '<p>Thank you, {{name}}</p>' }],
  })
  return mail
}
