import type { Context } from '../use-cases/context.js'
import type { Finding } from './mail-service.js'

/** What an operator should know before launch day. */
export function diagnose(
  ctx: Context,
  seen: { readonly trouble: string | null; readonly trusted: boolean },
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  if (ctx.dns.dkim === 'ours') {
    findings.push({
      level: 'warning',
      code: 'DKIM_NOT_SIGNED',
      message:
        "Mail is not DKIM-signed by this version: keys are made and published, signing comes later. Let your relay sign and set dns.dkim to 'transport'.",
    })
  }
  if (!ctx.storage.capabilities.durable) {
    findings.push({
      level: 'warning',
      code: 'STORAGE_NOT_DURABLE',
      message: `The storage ${ctx.storage.name} forgets everything when the process ends. Use it for tests only.`,
    })
  }
  if (ctx.publicUrl === null) {
    findings.push({
      level: 'warning',
      code: 'NO_PUBLIC_URL',
      message: 'Without publicUrl batch mail carries no List-Unsubscribe, which large providers ask of bulk senders.',
    })
  }
  if (seen.trouble !== null)
    findings.push({ level: 'error', code: 'TRANSPORT_DOWN', message: `Nothing is handed over: ${seen.trouble}` })
  if (!seen.trusted)
    findings.push({
      level: 'error',
      code: 'CLOCK_JUMPED',
      message: "This process's clock and the storage's differ by more than 2 s; nothing is claimed until they agree.",
    })
  return Promise.resolve(findings)
}
