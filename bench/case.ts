import { bareLoop } from './case-bare.js'
import { homebrew } from './case-homebrew.js'
import { ours, secondWorker } from './case-ours.js'
import { nodemailerPool } from './case-pool.js'

/** One case in a process of its own; the last line is its figures as JSON. */
const [name = '', ...rest] = process.argv.slice(2)
if (name === 'second worker') {
  const [schema = '', dkim = '', smtpUrl = '', postgresUrl = ''] = rest
  await secondWorker({ smtp: smtpUrl !== '', smtpUrl, dkim: dkim === 'true', postgresUrl }, schema)
} else {
  const [storage = '', count = '10000', smtpUrl = '', postgresUrl = '', redisUrl = ''] = rest
  const mails = Number(count)
  const has = (word: string) => name.split(', ').includes(word)
  const figures =
    name === 'homebrew' || name === 'homebrew, dkim'
      ? await homebrew(mails, has('dkim'), smtpUrl, postgresUrl, redisUrl)
      : name === 'nodemailer pool'
        ? await nodemailerPool(mails, smtpUrl)
        : name === 'bare loop'
          ? await bareLoop(mails, smtpUrl, postgresUrl)
          : await ours({
              storage,
              smtp: has('smtp'),
              dkim: has('dkim'),
              callbacks: has('callbacks'),
              secondWorker: has('two workers'),
              mails,
              smtpUrl,
              postgresUrl,
            })
  console.log(JSON.stringify(figures))
  process.exit(0)
}
