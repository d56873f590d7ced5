import { spellings } from './spellings.js'

/** What nobody is ever told. */
export const secrets = {
  smtpPassword: 'smtpquill kiwi-Wörd',
  accessToken: 'ya29.tokenquill_Zk81xQ',
  serviceSecret: 'servicequill-of-the-host',
  olderSecret: 'elderquill-of-the-host',
  databasePassword: 'pgquillPlum',
  redisPassword: 'redisquillPlum',
  callbackSecret: `whsec_${Buffer.from('callbackquill-secret-of-24').toString('base64')}`,
  callbackPassword: 'urlquillPlum',
  mailgunKey: 'mailgunquill-signing-key',
  postmarkSecret: 'postmarkquill-shared-secret',
  resendSecret: `whsec_${Buffer.from('resendquill-secret-of-24-o').toString('base64')}`,
  wrongKey: 'mw_wrongquillwrongq_keyquillkeyquillkeyquillkeyquill',
  bearer: 'bearerquill.of.another',
  cookie: 'sessionquill',
} as const

/** What only its own account is told, in answers to its own questions. Words, not codes: nothing about their form gives them away. */
export const contents = {
  recipient: 'wilhelmquill',
  copied: 'carbonquill',
  hidden: 'blindquill',
  name: 'Zsófiaquill',
  subject: 'Subjectquill',
  body: 'bodyquill',
  variable: 'valuequill',
  cell: 'cellquill',
  attachment: 'attachquill',
  fileName: 'filequill',
  header: 'headerquill',
  link: 'linkquill',
} as const

const everyone: readonly (readonly [string, string])[] = Object.entries({ ...secrets, ...contents })

/** Names of those that stand in a text, in whatever spelling, also where it is parted over lines as quoted-printable, base64 and JSON part what is long. */
export function hits(text: string, more: readonly string[] = [], among = everyone): readonly string[] {
  const whole = text.replace(/=?\r?\n|\\r|\\n/g, '')
  const all = [...among, ...more.map((value) => [value.slice(0, 12), value] as const)]
  return all
    .filter(([, value]) => spellings(value).some((spelling) => text.includes(spelling) || whole.includes(spelling)))
    .map(([name]) => name)
}

/** The same of secrets only. */
export const secretHits = (text: string, more: readonly string[] = []): readonly string[] =>
  hits(text, more, Object.entries(secrets))
