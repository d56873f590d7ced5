import type { Context } from '../context.js'
import { lru } from '../lru.js'
import { findByKey } from '../stored.js'
import { versionKey } from '../templates/version-key.js'
import type { ReadClick } from '../tokens.js'

/** Versions never change, and their links are all that is kept of them here. */
const listsOf = lru<Context, readonly string[]>(500)

export interface ClickTarget {
  readonly url: string
  /** Of the link in its version's list; null where the token holds the target. */
  readonly number: number | null
}

/** Where a click leads: only to what a version of a template holds or a token of ours had sealed (TRK-1). null: its version is gone. */
export async function clickTarget(ctx: Context, click: ReadClick): Promise<ClickTarget | null> {
  if (click.version === null) return { url: click.target, number: null }
  const { version, number } = click
  const links = await listsOf(ctx).get(version, async () => {
    const { scope, key } = versionKey(version)
    const record = await findByKey<'template-version'>(ctx, scope, key)
    return record?.data.links ?? []
  })
  const url = links[number]
  return url === undefined ? null : { url, number }
}
