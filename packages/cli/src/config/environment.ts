import { readFile } from 'node:fs/promises'
import { nearestName } from '@mailwright/core'
import { z } from 'zod'
import type { Io } from '../io.js'
import { usageError } from '../usage-error.js'
import { type VariableName, variableNames, variables } from './variables.js'

const oneOf = <const T extends readonly [string, ...string[]]>(...names: T) =>
  z.enum(names, `one of ${names.join(', ')}`)
const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((number) => number >= from && number <= to, `a whole number from ${from} to ${to}`)
const secret = z.string().min(16, 'at least 16 characters, such as `openssl rand -base64 32` prints')

/** By name, so that the compiler notices a variable that is listed and not read. */
const shape = {
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/.|pglite:.)/, 'postgres://user:password@host/database, or pglite:FOLDER')
    .optional(),
  DATABASE_SCHEMA: z.string().optional(),
  DATABASE_CONNECTIONS: wholeNumber(2, 1_000).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/./, 'smtp://user:password@host:587, or smtps://…')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/./, 'redis://:password@host:6379, or rediss://…')
    .optional(),
  MAIL_SECRET: secret.optional(),
  MAIL_SECRET_ALSO: secret.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'an https:// or http:// URL' }).optional(),
  BASE_PATH: z
    .string()
    .regex(/^(\/|(\/[^/?#]+)+)$/, 'a path such as /mail, without a slash at its end, or / for none')
    .transform((path) => (path === '/' ? '' : path))
    .optional(),
  HOST: z.string().optional(),
  PORT: wholeNumber(0, 65_535).optional(),
  CONSOLE_USER: z
    .string()
    .regex(/^[^:\s]{1,100}$/, '1 to 100 characters, no colon, no space')
    .default('operator'),
  CONSOLE_PASSWORD_HASH: z
    .string()
    .regex(/^scrypt\.\d+\.[\w-]+\.[\w-]+$/, 'what `mailwright hash-password` prints')
    .optional(),
  MIGRATE: oneOf('auto', 'check').default('auto'),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error').default('info'),
} satisfies Readonly<Record<VariableName, z.ZodType>>

const schema = z.object(shape)
export type Environment = Readonly<z.output<typeof schema>>

const fileVariable = (name: VariableName): string => `${name}_FILE`

async function given({ env }: Io, name: VariableName): Promise<string | undefined> {
  // A variable that is set to nothing counts as not set: compose files and charts do that.
  const value = env[name] || undefined
  const path = variables[name].file ? env[fileVariable(name)] || undefined : undefined
  if (path === undefined) return value
  if (value !== undefined) throw usageError(fileVariable(name), `not set together with ${name}`)
  const text = await readFile(path, 'utf8').catch(() => {
    throw usageError(fileVariable(name), 'the path of a file that can be read')
  })
  return text.trim()
}

/** @throws OPTIONS_INVALID naming the variable and what it should be, never what it was. */
export async function readEnvironment(io: Io): Promise<Environment> {
  const values = await Promise.all(variableNames.map(async (name) => [name, await given(io, name)] as const))
  const parsed = schema.safeParse(Object.fromEntries(values))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = String(issue?.path[0])
  const known = issue?.code === 'invalid_value' ? issue.values.map(String) : []
  throw usageError(name, issue?.message ?? 'another value', nearestName(io.env[name] ?? '', known))
}

/** For what a command cannot do without. A variable of nearly that name is most likely meant to be it. */
export function missingVariable({ env }: Io, name: VariableName): Error {
  const others = Object.keys(env).filter((other) => !Object.hasOwn(variables, other))
  const near = nearestName(name, others)
  // Only next to nothing apart: the environment is full of names that have nothing to do with us.
  const meant = near !== null && Math.abs(near.length - name.length) <= 1 && near[0] === name[0] ? near : null
  const filed = variables[name].file ? `, or ${fileVariable(name)}` : ''
  return usageError(
    name,
    `${variables[name].about}${filed}${meant === null ? '' : ` (${meant} is set, which is not read)`}`,
  )
}
