import { MailError } from '@mailwright/core'
import { z } from 'zod'
import type { Caller } from './caller.js'

/** A mail of 8 MiB as base64 within JSON, and room for its other fields. */
const MAX_BODY_BYTES = 12 * 1024 * 1024

/** `Native` is the request of the host's framework, where a binding passes it on. */
export interface HttpOptions<Native = unknown> {
  /**
   * Who is calling, or null to refuse (ACC-3). It gets the request without its body, and must not be left out: there is no open mode. Mind that a
   * host that reads a cookie here is protected against other sites by `same-origin.ts`.
   */
  readonly authorize: (request: Request, native: Native) => Caller | null | Promise<Caller | null>
  /** What comes before the routes in the path, such as `/mail`; a binding that is mounted on a path leaves it out. */
  readonly basePath?: string
  /** Serves the web console at `<mount>/console/`, for whoever `authorize` lets in. Default false. */
  readonly console?: boolean
  /** Of any request body, in bytes. Default 12 MiB. */
  readonly maxBodyBytes?: number
  /** How long a JSON body may take to arrive, in milliseconds; a file may take five times as long. Default 60,000. */
  readonly bodyTimeoutMs?: number
  /** Hears what was answered with a status of 500 or more, since the answer itself tells nothing. The error is as it was thrown: not for a log without redaction (T23). */
  readonly onError?: (error: unknown) => void
}

export interface CheckedOptions<Native> extends HttpOptions<Native> {
  readonly basePath: string
  readonly console: boolean
  readonly maxBodyBytes: number
  readonly bodyTimeoutMs: number
}

const anyFunction = (expected: string) => z.custom((given) => typeof given === 'function', expected)

const optionsSchema = z.strictObject({
  authorize: anyFunction('a function (request) => { account, role } or null; without one nothing is served'),
  basePath: z
    .string()
    .regex(/^(\/[^/?#]+)*$/, 'a path such as /mail, without a slash at its end')
    .default(''),
  console: z.boolean().default(false),
  maxBodyBytes: z.int().min(1).default(MAX_BODY_BYTES),
  bodyTimeoutMs: z.int().min(1).max(3_600_000).default(60_000),
  onError: anyFunction('a function (error) => void').optional(),
})

/** @throws OPTIONS_INVALID naming the field. */
export function checkOptions<Native>(options: HttpOptions<Native>): CheckedOptions<Native> {
  const parsed = optionsSchema.safeParse(options)
  if (parsed.success) {
    const { basePath, console, maxBodyBytes, bodyTimeoutMs } = parsed.data
    return { ...options, basePath, console, maxBodyBytes, bodyTimeoutMs }
  }
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => ({ field, expected: `one of ${Object.keys(optionsSchema.shape).join(', ')}` }))
      : [{ field: issue.path.join('.'), expected: issue.message }],
  )
  throw new MailError('OPTIONS_INVALID', { ...problems[0], problems })
}
