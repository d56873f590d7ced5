import type {
  BlockRow,
  CellKey,
  Counter,
  EventRow,
  Json,
  MessageRow,
  QuotaRow,
  RecipientRow,
  StoredRecord,
  UniqueKey,
  Work,
} from '@mailwright/core'

type Own<T> = { -readonly [K in keyof T]: T[K] }

/** Everything the model knows: plain lists, searched from end to end. */
export interface State {
  records: { row: StoredRecord; keys: readonly UniqueKey[] }[]
  holds: { ref: string; by: string }[]
  once: { account: string; key: string; bodyHash: string; until: number; answer: Json }[]
  slots: { key: string; taken: number }[]
  hits: { key: string; at: number }[]
  quotas: Own<QuotaRow>[]
  works: { row: Own<Work>; rungAt: number | null }[]
  messages: Own<MessageRow>[]
  events: EventRow[]
  counted: { cell: CellKey; counter: Counter; times: number }[]
  blocks: BlockRow[]
  epochs: string[]
  recipients: { group: string; generation: number; row: RecipientRow }[]
}

export const emptyState = (): State => ({
  records: [],
  holds: [],
  once: [],
  slots: [],
  hits: [],
  quotas: [],
  works: [],
  messages: [],
  events: [],
  counted: [],
  blocks: [],
  epochs: [],
  recipients: [],
})

/** A copy of every list, and of the rows that are changed in place. */
export const copyOf = (state: State): State => ({
  records: [...state.records],
  holds: [...state.holds],
  once: [...state.once],
  slots: [...state.slots],
  hits: [...state.hits],
  quotas: state.quotas.map((row) => ({ ...row })),
  works: state.works.map(({ row, rungAt }) => ({ row: { ...row }, rungAt })),
  messages: state.messages.map((row) => ({ ...row })),
  events: [...state.events],
  counted: state.counted.map((row) => ({ ...row })),
  blocks: [...state.blocks],
  epochs: [...state.epochs],
  recipients: [...state.recipients],
})

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Orders by each of the keys in turn. */
export const inOrder = <T>(rows: readonly T[], ...keys: readonly ((row: T) => string | number)[]): T[] =>
  [...rows].sort((a, b) => {
    for (const key of keys) if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1
    return 0
  })
