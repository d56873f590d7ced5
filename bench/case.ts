import { argv, exit } from 'node:process'

/**
 * One case in a process of its own; the last line is its figures as JSON. Each loads what it needs and no more, since what another one needs would count as its
 * memory.
 */
const [name = '', ...rest] = argv.slice(2)

async function one(): Promise<unknown> {
  const [storage = '', count = '10000', smtpUrl = '', postgresUrl = '', redisUrl = ''] = rest
  const mails = Number(count)
  const has = (word: string) => name.split(', ').includes(word)
  if (has('homebrew')) {
    const { homebrew } = await import('./case-homebrew.js')
    return homebrew(mails, has('dkim'), smtpUrl, postgresUrl, redisUrl)
  }
  if (name === 'nodemailer pool') {
    const { nodemailerPool } = await import('./case-pool.js')
    return nodemailerPool(mails, smtpUrl)
  }
  if (name === 'bare loop') {
    const { bareLoop } = await import('./case-bare.js')
    return bareLoop(mails, smtpUrl, postgresUrl)
  }
  const { ours } = await import('./case-ours.js')
  return ours({
    storage,
    smtp: has('smtp'),
    dkim: has('dkim'),
    callbacks: has('callbacks'),
    secondWorker: has('two workers'),
    mails,
    smtpUrl,
    postgresUrl,
  })
}

if (name === 'second worker') {
  const { secondWorker } = await import('./case-ours.js')
  const [schema = '', dkim = '', smtpUrl = '', postgresUrl = ''] = rest
  await secondWorker({ smtp: smtpUrl !== '', smtpUrl, dkim: dkim === 'true', postgresUrl }, schema)
} else if (name === 'importer') {
  const { importer } = await import('./case-ours.js')
  const [postgresUrl = '', schema = '', count = ''] = rest
  await importer(postgresUrl, schema, Number(count))
} else {
  console.log(JSON.stringify(await one()))
  exit(0)
}
