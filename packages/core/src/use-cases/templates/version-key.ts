import type { UniqueKey } from '../../ports/changes.js'

/** By which a click finds its version: a token names no account. */
export const versionKey = (id: string): UniqueKey => ({ scope: '', key: `template-version:${id}` })
