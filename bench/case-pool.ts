import { createTransport } from 'nodemailer'
import { recipient } from './mail.js'
import { type Measured, measure } from './measure.js'
import { templatedMail } from './templated-mail.js'

/** A bare nodemailer pool: no state, no limits, no blocklist. */
export async function nodemailerPool(mails: number, smtpUrl: string): Promise<Measured> {
  const transporter = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 20,
    maxMessages: Number.POSITIVE_INFINITY,
  })
  const mailFor = templatedMail()
  const figures = await measure(mails, async () => {
    let next = 0
    const lane = async () => {
      for (let index = next++; index < mails; index = next++) {
        await transporter.sendMail(mailFor(recipient(index)))
      }
    }
    await Promise.all(Array.from({ length: 40 }, lane))
  })
  transporter.close()
  return figures
}
