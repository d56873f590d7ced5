import { useState } from 'react'

export interface Selection {
  readonly chosen: ReadonlySet<string>
  readonly toggle: (key: string) => void
  /** Chooses all of these, or none of them if all are chosen. */
  readonly toggleAll: (keys: readonly string[]) => void
  readonly clear: () => void
}

const NONE: ReadonlySet<string> = new Set()

/** Keys of rows that somebody has chosen; begins anew when `listed`, which says what is listed, changes. */
export function useSelection(listed: string): Selection {
  const [kept, keep] = useState({ listed, chosen: NONE })
  const chosen = kept.listed === listed ? kept.chosen : NONE
  const choose = (next: ReadonlySet<string>) => keep({ listed, chosen: next })
  return {
    chosen,
    toggle: (key) => choose(toggled(chosen, [key])),
    toggleAll: (keys) => choose(toggled(chosen, keys)),
    clear: () => choose(NONE),
  }
}

/** With all of the keys, or without them if all were in. */
export function toggled(chosen: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  const all = keys.every((key) => chosen.has(key))
  return all ? new Set([...chosen].filter((key) => !keys.includes(key))) : new Set([...chosen, ...keys])
}
