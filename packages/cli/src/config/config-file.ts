import { access, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { EnsureInput, MailServiceOptions, Storage, Transport } from '@mailwright/core'
import type { HttpOptions } from '@mailwright/http'
import { z } from 'zod'
import type { Io } from '../io.js'
import { usageError } from '../usage-error.js'

/**
 * What `mailwright.config.{js,mjs,json}` may say: any option of `createMailService`, `storage` and `transport` also as the text that the environment takes, what shall
 * exist (HOST-1), and who may call. What it names wins over the environment.
 */
export interface Configuration extends Omit<Partial<MailServiceOptions>, 'storage' | 'transport'> {
  readonly storage?: Storage | string
  readonly transport?: Transport | string
  /** Brought about at the start of `serve` and `worker`. */
  readonly ensure?: EnsureInput
  /** In place of API keys and the login of the environment. */
  readonly authorize?: HttpOptions['authorize']
}

/** What the file exports as default: the configuration, or a function that makes it of the environment. */
export type ConfigurationFile =
  | Configuration
  | ((env: Readonly<Record<string, string | undefined>>) => Configuration | Promise<Configuration>)

const NAMES = ['mailwright.config.js', 'mailwright.config.mjs', 'mailwright.config.json'] as const

const ownSchema = z.looseObject({
  storage: z.union([z.string(), z.looseObject({})], 'pglite:FOLDER, a Postgres URL, or a storage').optional(),
  transport: z.union([z.string(), z.looseObject({})], 'an SMTP URL, or a transport').optional(),
  ensure: z.looseObject({}, '{ domains, senders, templates, … }').optional(),
  authorize: z
    .custom((value) => typeof value === 'function', 'a function (request) => { account, role } or null')
    .optional(),
})

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function find({ cwd }: Io, wanted: string | undefined): Promise<string | null> {
  if (wanted !== undefined) {
    const path = resolve(cwd, wanted)
    if (!(await exists(path))) throw usageError('--config', 'the path of a configuration file that exists')
    return path
  }
  for (const name of NAMES) if (await exists(resolve(cwd, name))) return resolve(cwd, name)
  return null
}

async function load(path: string, { env }: Io): Promise<unknown> {
  if (path.endsWith('.json')) return JSON.parse(await readFile(path, 'utf8'))
  const { default: exported } = (await import(pathToFileURL(path).href)) as { readonly default?: unknown }
  return typeof exported === 'function' ? exported(env) : exported
}

/** The configuration of the file that `--config` names, or that lies in the working directory; without one, nothing. @throws OPTIONS_INVALID */
export async function readConfiguration(io: Io, wanted: string | undefined): Promise<Configuration> {
  const path = await find(io, wanted)
  if (path === null) return {}
  const loaded = await load(path, io).catch((cause: unknown) => {
    // Of JSON the parser's message quotes the text, and with it perhaps a secret.
    if (path.endsWith('.json')) throw usageError(path, 'well-formed JSON')
    throw cause
  })
  const parsed = ownSchema.safeParse(loaded)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw usageError(`${path} ${issue?.path.join('.') ?? ''}`.trim(), issue?.message ?? 'an object of options')
  }
  return parsed.data as Configuration
}
