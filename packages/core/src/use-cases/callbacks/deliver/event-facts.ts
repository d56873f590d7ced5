import { isErased } from '../../../domain/address/index.js'
import { customHeaders, type EventFacts } from '../../../domain/callback/index.js'
import {
  literalTemplate,
  parseTemplate,
  renderTemplate,
  type Values,
  valuesFrom,
} from '../../../domain/template/index.js'
import { isMailError } from '../../../errors/mail-error.js'
import type { MessageRow, RecipientRow } from '../../../ports/rows.js'
import type { Context } from '../../context.js'
import { messageIdHeader } from '../../message-id.js'
import { find, type Stored } from '../../stored.js'
import type { CallbackPart } from '../callback-records.js'

/** What a mail was made of, as far as callbacks tell it. */
interface Origin {
  /** The header's value without brackets. */
  messageId(message: MessageRow): string
  readonly custom: string | null
  subject(message: MessageRow): Promise<string | null>
}

/** Answers what a callback tells of an event; null if its message is not kept any more. */
export type FactsOf = (part: CallbackPart) => Promise<EventFacts | null>

/** Reads the messages of a row in one question, and what each was made of once, when it is asked for. */
export async function factsOf(ctx: Context, account: string, parts: readonly CallbackPart[]): Promise<FactsOf> {
  const ids = [...new Set(parts.map(({ message }) => message))]
  const messages = new Map((await ctx.storage.read.messages(ids)).map((message) => [message.id, message]))
  const origins = new Map<string, Promise<Origin>>()
  const domains = new Map<string, Promise<string>>()
  const once = <T>(memo: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
    const known = memo.get(key) ?? make()
    memo.set(key, known)
    return known
  }
  const domainOf = async (id: string) => (await find(ctx, 'domain', account, id))?.data.name ?? ''
  const batchRows = rowsReader(ctx, [...messages.values()])

  return async (part) => {
    const message = messages.get(part.message)
    if (!message || message.account !== account) return null
    const fromDomain = part.from.slice(part.from.lastIndexOf('@') + 1)
    const origin = await once(origins, message.origin, async () => {
      const mailDomain = await once(domains, message.senderDomain, () => domainOf(message.senderDomain))
      return message.task === ''
        ? requestOrigin(await find(ctx, 'request', account, message.origin), message.origin, mailDomain || fromDomain)
        : runOrigin(ctx, await find(ctx, 'run', account, message.origin), mailDomain || fromDomain, batchRows)
    })
    return {
      event: part.event,
      at: part.at,
      // Of a person who has been erased nothing is told but that something happened.
      detail: isErased(message.mailbox) ? {} : part.detail,
      account,
      message: message.id,
      email: message.mailbox,
      from: part.from.startsWith('@') ? null : part.from,
      fromDomain,
      origin: message.origin,
      template: message.template,
      task: message.task,
      subject: isErased(message.mailbox) ? null : await origin.subject(message),
      messageId: origin.messageId(message),
      sentAt: message.acceptedAt,
      custom: origin.custom,
    }
  }
}

const withoutBrackets = (header: string): string => header.slice(1, -1)

/** One Message-ID for all recipients of a send (REG-2). */
function requestOrigin(request: Stored<'request'> | null, id: string, domain: string): Origin {
  const messageId = withoutBrackets(messageIdHeader(id, request?.data.domainName ?? domain))
  const [custom] = customHeaders(request?.data.headers ?? [])
  const subject = request ? subjectOf(request) : null
  return { messageId: () => messageId, custom: custom?.[1] ?? null, subject: async () => subject }
}

function subjectOf({ data }: Stored<'request'>): string | null {
  return subjects(data.subject, data.templateVersion === null).of(new Map(Object.entries(data.values)))
}

async function runOrigin(ctx: Context, run: Stored<'run'> | null, domain: string, rowOf: RowOf): Promise<Origin> {
  const messageId = ({ id }: MessageRow) => withoutBrackets(messageIdHeader(id, run?.data.domainName ?? domain))
  if (!run) return { messageId, custom: null, subject: async () => null }
  const { data } = run
  const version = data.subject === null ? await find(ctx, 'template-version', run.account, data.templateVersion) : null
  const source = data.subject ?? version?.data.subject ?? ''
  const template = subjects(source, false)
  return {
    messageId,
    custom: null,
    async subject(message) {
      const row = template.varies ? await rowOf(run, message) : null
      if (template.varies && !row) return null
      return template.of(valuesFrom(data.variables, row?.values ?? []))
    },
  }
}

interface Subjects {
  readonly varies: boolean
  /** As its recipient read it; null if it is not kept any more. */
  of(values: Values): string | null
}

/** Parsed once for all mails of an origin. */
function subjects(source: string, literal: boolean): Subjects {
  const parsed = orNull(() => (literal ? literalTemplate(source, 'subject') : parseTemplate(source, 'subject')))
  return {
    varies: parsed !== null && parsed.variables.length > 0,
    of: (values) => (parsed === null || source === '' ? null : orNull(() => renderTemplate(parsed, { values }))),
  }
}

/** What a template cannot make is no subject. */
function orNull<T>(make: () => T): T | null {
  try {
    return make()
  } catch (error) {
    if (isMailError(error)) return null
    throw error
  }
}

type RowOf = (run: Stored<'run'>, message: MessageRow) => Promise<RecipientRow | null>

/** Reads the group rows of batch mails, for all messages of a lane together. */
function rowsReader(ctx: Context, messages: readonly MessageRow[]): RowOf {
  const lanes = new Map<string, Promise<ReadonlyMap<number, RecipientRow>>>()
  return async ({ id, data }, { lane, seq }) => {
    const key = `${id} ${lane}`
    const known =
      lanes.get(key) ??
      rowsOf(
        ctx,
        data,
        lane,
        messages.filter((one) => one.origin === id && one.lane === lane).map((one) => one.seq),
      )
    lanes.set(key, known)
    return (await known).get(seq) ?? null
  }
}

async function rowsOf(
  ctx: Context,
  { group, generation }: Stored<'run'>['data'],
  lane: string,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, RecipientRow>> {
  const rows = await Promise.all(
    spansOf(seqs).map(({ from, to }) => ctx.storage.read.recipients({ group, generation, lane, from, to })),
  )
  return new Map(rows.flat().map((row) => [row.seq, row]))
}

/** Rows in between that nobody asks for cost less than a question of their own, up to so many. */
const WORTH_A_QUESTION = 50

/** One flush has rows of several chunks: some that lie side by side, and then others far away. */
function spansOf(seqs: readonly number[]): readonly { readonly from: number; readonly to: number }[] {
  const spans: { from: number; to: number }[] = []
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    const last = spans.at(-1)
    if (last && seq - last.to < WORTH_A_QUESTION) last.to = seq + 1
    else spans.push({ from: seq, to: seq + 1 })
  }
  return spans
}
