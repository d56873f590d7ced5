import { isMailError, MailError } from '../../errors/mail-error.js'
import type { Guard } from '../../ports/changes.js'
import { mailVariables } from '../compose-mail.js'
import type { Context } from '../context.js'
import { type Recent, recent } from '../lru.js'
import { find, findByKey, type RecordKind, type Stored } from '../stored.js'
import { templateByNameOrId } from '../template-lookup.js'

interface SenderSource {
  readonly sender: Stored<'sender'>
  readonly domain: Stored<'domain'>
}

/** Of the newest approved version what a send needs: a version's content never changes, and whatever changes which one sends changes the template. Without its body, of which there may be 2 MiB. */
export interface TemplateSource {
  readonly template: Standing
  readonly version: string
  readonly subject: string | null
  readonly bodyVariables: readonly string[]
  /** Those that a send with the version's own subject must give. */
  readonly variables: readonly string[]
}

/** Where a send finds what it is made of. */
export interface Sources {
  /** @param key of the sender's address. @throws SENDER_NOT_FOUND */
  sender(key: string): Promise<SenderSource>
  /** The newest approved version. @throws NOT_FOUND, TEMPLATE_NOT_APPROVED */
  template(nameOrId: string): Promise<TemplateSource>
}

/** A record as a send has found it. */
export type Standing = Pick<Stored<RecordKind>, 'kind' | 'account' | 'id' | 'version'>

/** Lets a bundle through only while the records are as they were found. */
export const unchanged = (found: readonly Standing[]): readonly Guard[] =>
  found.map(({ kind, account, id, version }) => ({ type: 'present', kind, account, id, version, fleeting: true }))

export const storedSources = (ctx: Context, account: string): Sources => ({
  async sender(key) {
    const sender = await findByKey<'sender'>(ctx, account, `sender:${key}`)
    const domain = sender && (await find(ctx, 'domain', account, sender.data.domain))
    if (!sender || !domain) throw new MailError('SENDER_NOT_FOUND', { field: 'from' })
    return { sender, domain }
  },
  async template(nameOrId) {
    const template = await templateByNameOrId(ctx, account, nameOrId)
    const { approved } = template.data
    const version = approved === null ? null : await find(ctx, 'template-version', account, approved)
    if (!version) throw new MailError('TEMPLATE_NOT_APPROVED', { template: template.id })
    const { subject, variables: bodyVariables } = version.data
    const { kind, id, version: at } = template
    const variables = mailVariables(version.data, null)
    return { template: { kind, account, id, version: at }, version: version.id, subject, bodyVariables, variables }
  },
})

const senders = recent<Context, SenderSource>(1_000)
const templates = recent<Context, TemplateSource>(200)
/** A template with more variables is read for each send: there may be 10,000 of them. */
const VARIABLES_REMEMBERED = 200

interface Used {
  readonly found: readonly Standing[]
  forget(): void
}

/**
 * Runs a send on what this process remembers of sender, domain and template, so that most sends read none of them. Its bundle holds to the versions that
 * were found; and what refuses it counts only while these are the stored ones, else they are forgotten and it is run again. So nobody gets an answer out of
 * what is no longer true, whichever process has changed it. `send` must have stored nothing when it throws.
 */
export async function onSources<Answer>(
  ctx: Context,
  account: string,
  send: (sources: Sources) => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    const used: Used[] = []
    try {
      return await send(remembered(ctx, account, used))
    } catch (error) {
      if (!isMailError(error)) throw error
      if (error.kind === 'adapter') {
        // Nobody knows whether something is stored. A record that cannot be read may have been replaced.
        for (const { forget } of used) forget()
        throw error
      }
      if (!(await forgetChanged(ctx, used))) throw error
    }
  }
}

function remembered(ctx: Context, account: string, used: Used[]): Sources {
  const stored = storedSources(ctx, account)
  // Not shared by those who look at once: after a `forget`, a rerun must not join a read that began before the change.
  const through = async <S>(
    memory: Recent<S>,
    name: string,
    read: () => Promise<S>,
    found: (source: S) => Standing[],
    isSmall: (source: S) => boolean,
  ) => {
    const key = JSON.stringify([account, name])
    let source = memory.of(key)
    if (source === undefined) {
      source = await read()
      if (isSmall(source)) memory.keep(key, source)
    }
    used.push({ found: found(source), forget: () => memory.forget(key) })
    return source
  }
  return {
    sender: (key) =>
      through(
        senders(ctx),
        key,
        () => stored.sender(key),
        ({ sender, domain }) => [sender, domain],
        () => true,
      ),
    template: (nameOrId) =>
      through(
        templates(ctx),
        nameOrId,
        () => stored.template(nameOrId),
        ({ template }) => [template],
        ({ variables }) => variables.length <= VARIABLES_REMEMBERED,
      ),
  }
}

async function forgetChanged(ctx: Context, used: readonly Used[]): Promise<boolean> {
  const changed = await Promise.all(
    used.map(async ({ found, forget }) => {
      const now = await Promise.all(found.map(({ kind, account, id }) => find(ctx, kind, account, id)))
      const isSame = found.every(({ version }, index) => now[index]?.version === version)
      if (!isSame) forget()
      return !isSame
    }),
  )
  return changed.includes(true)
}
