import { homebrew } from './case-homebrew.js'
import { ours } from './case-ours.js'
import { nodemailerPool } from './case-pool.js'

/** One case in a process of its own; the last line is its figures as JSON. */
const [name = '', storage = '', count = '10000', smtpUrl = '', postgresUrl = '', redisUrl = ''] = process.argv.slice(2)
const mails = Number(count)
const figures =
  name === 'homebrew'
    ? await homebrew(mails, smtpUrl, postgresUrl, redisUrl)
    : name === 'nodemailer pool'
      ? await nodemailerPool(mails, smtpUrl)
      : await ours(
          storage,
          name.includes('capture') ? 'capture' : 'smtp',
          name.includes('dkim'),
          mails,
          smtpUrl,
          postgresUrl,
        )
console.log(JSON.stringify(figures))
process.exit(0)
