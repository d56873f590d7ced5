import { useCall } from '../../../api/use-call.js'
import { useTexts } from '../../../language/language.js'
import { useFormat } from '../../../language/use-format.js'
import { newTaskTexts } from './texts.js'

const MOST = 1_000

export interface Choice {
  readonly value: string
  readonly label: string
  readonly disabled?: boolean
}

export type PartChoices = ReturnType<typeof usePartChoices>

/** What a task can be made of, once it is read; what cannot be used yet is shown with the reason. */
export function usePartChoices() {
  const t = useTexts(newTaskTexts)
  const format = useFormat()
  const templates = useCall('templates.list', [{ limit: MOST }]).data?.items
  const groups = useCall('groups.list', [{ limit: MOST }]).data?.items
  const senders = useCall('senders.list', [{ limit: MOST }]).data?.items
  return {
    templates: templates?.map(
      ({ name, approved }): Choice =>
        approved === null ? { value: name, label: t.notApproved(name), disabled: true } : { value: name, label: name },
    ),
    groups: groups?.map(
      ({ name, state, rows }): Choice =>
        state === 'ready'
          ? { value: name, label: t.groupOf(name, format.number(rows)) }
          : { value: name, label: t.notReady(name), disabled: true },
    ),
    senders: senders?.map(
      ({ address, name }): Choice => ({
        value: address,
        label: name === null ? address : `${name} <${address}>`,
      }),
    ),
    /** Of the template by that name; null: it has none of its own. */
    subjectOf: (template: string | null) => templates?.find(({ name }) => name === template)?.subject ?? null,
  }
}
