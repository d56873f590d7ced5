import Handlebars from 'handlebars'
import type { SendMailOptions } from 'nodemailer'
import { HTML, type recipient, SUBJECT, TEXT } from './mail.js'

/** The same mail as ours, as teams make it: compiled once, its one-click unsubscribe link a plain address. */
export function templatedMail(): (row: ReturnType<typeof recipient>) => SendMailOptions {
  const html = Handlebars.compile(HTML)
  const text = Handlebars.compile(TEXT, { noEscape: true })
  const subject = Handlebars.compile(SUBJECT, { noEscape: true })
  return (row) => ({
    from: 'Bench <hello@mail.bench.example>',
    to: row.email,
    subject: subject(row),
    html: html(row),
    text: text(row),
    headers: {
      'List-Unsubscribe': `<https://bench.example/unsubscribe/${encodeURIComponent(row.email)}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  })
}
