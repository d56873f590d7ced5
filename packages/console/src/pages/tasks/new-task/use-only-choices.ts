import { useEffect } from 'react'
import type { DraftForm } from './draft-form.js'
import type { Choice, PartChoices } from './use-part-choices.js'

const onlyOf = (choices: readonly Choice[] | undefined): string | null => {
  const [first, second] = choices?.filter(({ disabled }) => disabled !== true) ?? []
  return second === undefined ? (first?.value ?? null) : null
}

/** Where there is one choice only, it is taken. */
export function useOnlyChoices(form: DraftForm['form'], { templates, groups, senders }: PartChoices): void {
  const only = { template: onlyOf(templates), group: onlyOf(groups), from: onlyOf(senders) }
  const { setFieldValue, values } = form
  const fill = (['template', 'group', 'from'] as const).find((name) => values[name] === null && only[name] !== null)
  const value = fill === undefined ? null : only[fill]
  useEffect(() => {
    if (fill !== undefined) setFieldValue(fill, value)
  }, [fill, value, setFieldValue])
}
