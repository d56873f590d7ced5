/** One field that does not fit, as the API names it. */
export interface FieldProblem {
  readonly field: string
  readonly expected: string
}

/** What the API refused, or `OFFLINE` where no answer came. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly status: number
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, status: number, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
  }

  /** All fields it complains of. */
  get fields(): readonly FieldProblem[] {
    const { problems, field, expected } = this.details
    const listed = Array.isArray(problems) ? problems : [{ field, expected }]
    return listed.filter(isFieldProblem)
  }
}

const isFieldProblem = (given: unknown): given is FieldProblem =>
  typeof given === 'object' &&
  given !== null &&
  'field' in given &&
  typeof given.field === 'string' &&
  'expected' in given &&
  typeof given.expected === 'string'

const isObject = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null

/** Reads problem details (RFC 9457); what speaks otherwise, such as a proxy, is told by its status. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null)
  if (!isObject(body) || typeof body.code !== 'string')
    return new Problem('UNEXPECTED_ANSWER', `HTTP ${response.status} ${response.statusText}`.trim(), response.status)
  const message = [body.detail, body.title].find((text) => typeof text === 'string') ?? body.code
  return new Problem(body.code, String(message), response.status, isObject(body.details) ? body.details : {})
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('OFFLINE', error instanceof Error ? error.message : String(error), 0)
