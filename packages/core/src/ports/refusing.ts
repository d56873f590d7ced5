import type { Change } from './changes.js'

/** Changes that storage may refuse; the whole bundle then leaves no trace. */
export type RefusingChange = Extract<
  Change,
  { type: `record.${string}` | 'slot' | 'hold' | 'window.take' | `quota.${string}` }
>
export type CertainChange = Exclude<Change, RefusingChange>

/** For adapters: what must be tried before anything is written. */
export const isRefusing = (change: Change): change is RefusingChange => {
  switch (change.type) {
    case 'record.put':
    case 'record.drop':
    case 'slot':
    case 'hold':
    case 'window.take':
    case 'quota.take':
    case 'quota.return':
    case 'quota.raise':
    case 'quota.block':
      return true
    default:
      return false
  }
}
