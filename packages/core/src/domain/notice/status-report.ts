import { type Field, fieldBlocks, fieldOf } from './fields.js'
import { typedAddress } from './found-address.js'
import type { RecipientReport, ReportAction } from './notice.js'
import { bestReply } from './reported-reply.js'

/** Of one report; a list that was expanded may name thousands. */
const MOST_RECIPIENTS = 100

const actions: readonly ReportAction[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded']

/** Some write `failed (permanently)`, and Exchange once wrote `failure`. */
function actionOf(value: string | null, status: string | null): ReportAction | null {
  const said = value?.trim().toLowerCase() ?? ''
  const known = actions.find((action) => said.startsWith(action))
  if (known) return known
  if (said.startsWith('fail') || said.startsWith('undeliver') || said.startsWith('expire')) return 'failed'
  if (said.startsWith('delay') || said.startsWith('defer')) return 'delayed'
  if (said.startsWith('deliver') || said.startsWith('success')) return 'delivered'
  if (status?.trim().startsWith('2')) return 'delivered'
  return status === null && value === null ? null : 'failed'
}

const untyped = (value: string | null): string => value?.replace(/^[\w./-]{1,40}\s*;\s*/, '') ?? ''

function recipientOf(fields: readonly Field[]): string | null {
  return (
    typedAddress(fieldOf(fields, 'final-recipient')) ??
    typedAddress(fieldOf(fields, 'x-actual-recipient')) ??
    typedAddress(fieldOf(fields, 'original-recipient'))
  )
}

const isAboutRecipient = (fields: readonly Field[]): boolean =>
  ['final-recipient', 'original-recipient', 'action', 'status', 'x-actual-recipient'].some(
    (name) => fieldOf(fields, name) !== null,
  )

/**
 * The groups of a delivery-status part, RFC 3464 §2 or its successor of RFC 6533, one for each recipient. `told`: what a person would read beside it, which
 * may say more than a bare 5.0.0.
 */
export function recipientReports(part: string, told: string): readonly RecipientReport[] {
  const groups = fieldBlocks(part).filter(isAboutRecipient).slice(0, MOST_RECIPIENTS)
  return groups.flatMap((fields) => {
    const status = fieldOf(fields, 'status')
    const action = actionOf(fieldOf(fields, 'action'), status)
    if (action === null) return []
    const diagnostic = untyped(fieldOf(fields, 'diagnostic-code'))
    const remoteMta = untyped(fieldOf(fields, 'remote-mta')) || null
    // The report about several recipients tells about all of them in one text.
    const texts = [diagnostic, fieldOf(fields, 'x-supplementary-info') ?? '', ...(groups.length === 1 ? [told] : [])]
    const original = typedAddress(fieldOf(fields, 'original-recipient'))
    return [{ action, recipient: recipientOf(fields), original, reply: bestReply(status, texts), remoteMta }]
  })
}
