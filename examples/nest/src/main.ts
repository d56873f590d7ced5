/**
 * Mailwright inside a Nest application: started on bootstrap, stopped on shutdown, served under /mail.
 *
 *   npm start            serves on PORT (3000); DATABASE_URL and SMTP_URL name your Postgres and your relay
 *
 * Open /mail/console/ in a browser as eve, whose password is password-of-eve; or
 *
 *   curl -u ann:password-of-ann localhost:3000/mail/deliveries/messages
 */
import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { AppModule } from './app-module.js'
import { askForPassword } from './basic-auth.js'

// On Express Nest's parsers come before the mail routes, so the bytes must be kept. On Fastify they do not: leave rawBody out.
const app = await NestFactory.create<NestExpressApplication>(AppModule, { rawBody: true, logger: ['error', 'warn'] })
app.use('/mail/console', askForPassword)
app.enableShutdownHooks()
await app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
console.log(`serving ${await app.getUrl()}`)
