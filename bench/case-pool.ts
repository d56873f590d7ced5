import Handlebars from 'handlebars'
import { createTransport } from 'nodemailer'
import { HTML, recipient, SUBJECT } from './mail.js'
import { type Measured, measure } from './measure.js'

/** A bare nodemailer pool: no state, no limits, no blocklist. */
export async function nodemailerPool(mails: number, smtpUrl: string): Promise<Measured> {
  const transporter = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 20,
    maxMessages: Number.POSITIVE_INFINITY,
  })
  const html = Handlebars.compile(HTML)
  const subject = Handlebars.compile(SUBJECT, { noEscape: true })
  const figures = await measure(mails, async () => {
    let next = 0
    const lane = async () => {
      for (let index = next++; index < mails; index = next++) {
        const row = recipient(index)
        await transporter.sendMail({
          from: 'Bench <hello@mail.bench.example>',
          to: row.email,
          subject: subject(row),
          html: html(row),
        })
      }
    }
    await Promise.all(Array.from({ length: 40 }, lane))
  })
  transporter.close()
  return figures
}
