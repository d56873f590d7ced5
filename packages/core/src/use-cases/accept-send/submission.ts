import type { z } from 'zod'
import { checkAttachments, checkHeaders } from '../../compose/index.js'
import { type Address, type Mailbox, parseMailbox } from '../../domain/address/index.js'
import { checkSubject, checkVariables, parseValues, SUBJECT_MAX, winningSubject } from '../../domain/template/index.js'
import { isMailError, MailError } from '../../errors/mail-error.js'
import { mailVariables } from '../compose-mail.js'
import type { Context } from '../context.js'
import { domainRefusal } from '../domains/may-send.js'
import { checkScenario, type ScenarioWarning } from '../scenario-check.js'
import type { RequestData, Stored } from '../stored.js'
import { unsubscribeLanguage } from '../unsubscribe-choice.js'
import type { sendRegularSchema, sendSchema } from './send-input.js'
import type { Sources, Standing, TemplateSource } from './sources.js'

export interface Recipient {
  readonly role: 'to' | 'cc' | 'bcc'
  readonly name: string | null
  readonly address: Address
}

/** A send that has passed every check of its input; what is left to ask are the gates. */
export interface Submission {
  readonly kind: 'trigger' | 'regular'
  readonly account: string
  readonly recipients: readonly Recipient[]
  readonly domain: Stored<'domain'>
  readonly template: string
  /** What it is made of, as it was found. */
  readonly standsOn: readonly Standing[]
  readonly content: Omit<RequestData, 'to' | 'cc' | 'bcc' | 'expiresAt' | 'deferred'>
  readonly validForSeconds: number
  readonly warnings: readonly ScenarioWarning[]
}

/** @throws the input's own codes, TRG-1; SENDER_NOT_FOUND, DOMAIN_NOT_VERIFIED, TEMPLATE_NOT_APPROVED. Nothing is stored. */
export async function triggerSubmission(
  ctx: Context,
  account: string,
  input: z.output<typeof sendSchema>,
  sources: Sources,
): Promise<Submission> {
  const { policy } = ctx
  const recipients = recipientsOf(ctx, { to: input.to, cc: input.cc, bcc: input.bcc })
  tooMany('to', input.to.length, policy.toRecipients)
  tooMany('cc', input.cc.length, policy.ccRecipients)
  tooMany('bcc', input.bcc.length, policy.bccRecipients)
  const headers = checkHeaders(input.headers)
  const attachments = checkAttachments(input.attachments)
  const replyTo = input.replyTo === undefined ? null : parseMailbox(input.replyTo, policy).address.mailbox
  const direct = input.html !== undefined || input.text !== undefined
  if (direct === (input.template !== undefined)) {
    throw new MailError('INPUT_INVALID', { field: 'template', expected: 'either a template, or html and/or text' })
  }
  const [sender, template] = await sideBySide(
    senderOf(ctx, sources, input.from),
    input.template === undefined ? null : sources.template(input.template),
  )
  const subject = winningSubject(input.subject, template?.subject ?? null)
  if (template === null) checkSubject(subject, { max: SUBJECT_MAX })
  checkVariables({ template: template ? neededBy(template, input.subject) : [], given: Object.keys(input.variables) })
  return {
    kind: 'trigger',
    account,
    recipients,
    domain: sender.domain,
    template: template?.template.id ?? '',
    standsOn: [...sender.standsOn, ...(template ? [template.template] : [])],
    warnings: checkScenario(ctx, input.scenario, sender.domain.data.scenario),
    validForSeconds: input.validForSeconds ?? policy.validForSeconds,
    content: {
      ...sender.content,
      kind: 'trigger',
      replyTo,
      headers,
      subject,
      templateVersion: template?.version ?? null,
      unsubscribe: unsubscribeLanguage(ctx, input.unsubscribe, false),
      html: input.html ?? null,
      text: input.text ?? null,
      values: Object.fromEntries(parseValues(input.variables)),
      attachments,
    },
  }
}

/** One template, one variable at most, everybody visible (REG-1). */
export async function regularSubmission(
  ctx: Context,
  account: string,
  input: z.output<typeof sendRegularSchema>,
  sources: Sources,
): Promise<Submission> {
  tooMany('to', input.to.length, ctx.policy.regularRecipients)
  if (Object.keys(input.variables).length > 1) {
    throw new MailError('INPUT_INVALID', {
      field: 'variables',
      expected: 'at most one variable with one value for all; use batch sending for more',
      nearest: 1,
    })
  }
  return {
    ...(await triggerSubmission(ctx, account, { ...input, cc: [], bcc: [], headers: {}, attachments: [] }, sources)),
    kind: 'regular',
  }
}

/** Variables of the version's own subject are known; of the send's they are read. */
const neededBy = ({ subject, bodyVariables, variables }: TemplateSource, own: string | undefined): readonly string[] =>
  own === undefined ? variables : mailVariables({ subject, variables: bodyVariables }, own)

/** Both are asked at once; of two refusals the first one is told, whichever comes first. */
async function sideBySide<First, Second>(first: Promise<First>, second: Second | Promise<Second>) {
  const [one, other] = await Promise.allSettled([first, second])
  if (one.status === 'rejected') throw one.reason
  if (other.status === 'rejected') throw other.reason
  return [one.value, other.value] as const
}

function tooMany(field: string, count: number, limit: number): void {
  if (count > limit) throw new MailError('TOO_MANY_RECIPIENTS', { field, count, limit })
}

function recipientsOf(
  ctx: Context,
  given: Readonly<Record<Recipient['role'], readonly string[]>>,
): readonly Recipient[] {
  const seen = new Set<string>()
  const recipients: Recipient[] = []
  for (const role of ['to', 'cc', 'bcc'] as const) {
    given[role].forEach((text, index) => {
      const field = `${role}.${index}`
      const { name, address } = mailboxOf(ctx, text, field)
      if (seen.has(address.key))
        throw new MailError('INPUT_INVALID', {
          field,
          expected: 'each recipient once: to, cc and bcc are disjoint',
        })
      seen.add(address.key)
      recipients.push({ role, name, address })
    })
  }
  if (recipients.length === 0) throw new MailError('INPUT_INVALID', { field: 'to', expected: 'at least one recipient' })
  return recipients
}

/** @throws as `parseMailbox`, naming the field: one of twenty addresses is not found by a reason alone. */
function mailboxOf({ policy }: Context, text: string, field: string): Mailbox {
  try {
    return parseMailbox(text, policy)
  } catch (error) {
    throw isMailError(error) ? new MailError(error.code, { field, ...error.details }) : error
  }
}

async function senderOf(ctx: Context, sources: Sources, from: string) {
  const { name, address } = parseMailbox(from, ctx.policy)
  const { sender, domain } = await sources.sender(address.key)
  const refusal = domainRefusal(ctx, domain)
  if (refusal) throw refusal
  const content = {
    domain: domain.id,
    domainName: domain.data.name,
    from: { name: name ?? sender.data.name, address: sender.data.address },
  }
  return { domain, content, standsOn: [sender, domain] }
}
