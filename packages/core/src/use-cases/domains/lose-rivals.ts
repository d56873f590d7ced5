import { tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { each, find, type Stored, updateRecord } from '../stored.js'

/**
 * The claims of others to a name that has just been verified become `lost` (DOM-1). If this is cut off they stay pending, and become
 * lost at their own verify: the owner's key decides, not this.
 */
export async function loseRivals(ctx: Context, ascii: string, winner: string): Promise<void> {
  for await (const rival of each(ctx, 'domain', { name: ascii, states: ['pending'] })) {
    if (rival.id !== winner) await lose(ctx, rival)
  }
}

async function lose(ctx: Context, rival: Stored<'domain'>): Promise<void> {
  for (let claim: Stored<'domain'> | null = rival; claim?.state === 'pending'; ) {
    const result = await tryBundle(ctx, { guards: [], changes: [updateRecord(claim, { state: 'lost' })] })
    if (result.applied) return
    claim = await find(ctx, 'domain', rival.account, rival.id)
  }
}
