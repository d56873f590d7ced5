/** Every variable of the environment that is read. Those that may be secret are also read from the file that `<NAME>_FILE` names. */
export const variables = {
  DATABASE_URL: { file: true, about: 'postgres://user:password@host/database, or pglite:FOLDER' },
  DATABASE_SCHEMA: { file: false, about: 'where the tables are; default mailwright' },
  DATABASE_CONNECTIONS: { file: false, about: 'connections to Postgres at most; default 10' },
  SMTP_URL: { file: true, about: 'the relay: smtp://user:password@host:587, or smtps://…' },
  REDIS_URL: {
    file: true,
    about: 'redis://… of the queue between several processes; without it they find work within a second',
  },
  MAIL_SECRET: { file: true, about: 'at least 16 characters; seals private keys and signs links' },
  MAIL_SECRET_ALSO: { file: true, about: 'a second secret that is read too, while it is changed' },
  PUBLIC_URL: { file: false, about: 'how the outside reaches serve; mails link to it' },
  BASE_PATH: { file: false, about: 'below which path serve answers, / for none; default: the path of PUBLIC_URL' },
  HOST: { file: false, about: 'the address to listen on; default: all' },
  PORT: { file: false, about: 'default 3000 for serve, 3001 for the health of worker' },
  CONSOLE_USER: { file: false, about: 'who may sign in to the console; default operator' },
  CONSOLE_PASSWORD_HASH: { file: true, about: 'what `mailwright hash-password` printed' },
  MIGRATE: { file: false, about: 'auto, or check: refuse to start before `mailwright migrate` has run; default auto' },
  LOG_LEVEL: { file: false, about: 'debug, info, warn or error; default info' },
} as const satisfies Readonly<Record<string, { readonly file: boolean; readonly about: string }>>

export type VariableName = keyof typeof variables

export const variableNames = Object.keys(variables) as readonly VariableName[]
