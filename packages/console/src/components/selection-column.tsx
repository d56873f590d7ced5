import { Checkbox, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../language/language.js'
import { useFormat } from '../language/use-format.js'
import type { Column } from './data-table.js'
import { componentTexts } from './texts.js'
import type { Selection } from './use-selection.js'

/** How rows are chosen, and what can be done with those that are. */
export interface Selecting<T> {
  /** What a screen reader calls a row. */
  readonly nameOf: (row: T) => string
  /** Left out: every row can be chosen. */
  readonly canChoose?: (row: T) => boolean
  readonly actions: (chosen: readonly T[], clear: () => void) => ReactNode
}

interface Shown<T> {
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string
  readonly selection: Selection
  readonly selecting: Selecting<T>
}

const choosable = <T,>({ rows, selecting: { canChoose } }: Shown<T>): readonly T[] =>
  canChoose ? rows.filter(canChoose) : rows

/** A checkbox in each row, and one above for all that are loaded. */
export function selectionColumn<T>(shown: Shown<T>): Column<T> {
  const { rowKey, selection, selecting } = shown
  return {
    key: 'selection',
    header: <SelectAll keys={choosable(shown).map(rowKey)} selection={selection} />,
    width: '2rem',
    cell: (row) =>
      selecting.canChoose?.(row) === false ? null : (
        <SelectRow name={selecting.nameOf(row)} rowKey={rowKey(row)} selection={selection} />
      ),
  }
}

function SelectAll({ keys, selection }: { readonly keys: readonly string[]; readonly selection: Selection }) {
  const t = useTexts(componentTexts)
  const count = keys.filter((key) => selection.chosen.has(key)).length
  return (
    <Checkbox
      aria-label={t.selectAll}
      title={t.selectAll}
      disabled={keys.length === 0}
      checked={count > 0 && count === keys.length}
      indeterminate={count > 0 && count < keys.length}
      onChange={() => selection.toggleAll(keys)}
    />
  )
}

interface SelectRowProps {
  readonly name: string
  readonly rowKey: string
  readonly selection: Selection
}

function SelectRow({ name, rowKey, selection }: SelectRowProps) {
  const t = useTexts(componentTexts)
  return (
    <Checkbox
      aria-label={t.selectRow(name)}
      checked={selection.chosen.has(rowKey)}
      onChange={() => selection.toggle(rowKey)}
    />
  )
}

/** How many rows are chosen, and what can be done with them. */
export function SelectionBar<T>(shown: Shown<T>) {
  const t = useTexts(componentTexts)
  const format = useFormat()
  const { rowKey, selection, selecting } = shown
  const chosen = choosable(shown).filter((row) => selection.chosen.has(rowKey(row)))
  return (
    <Group gap="sm" mih="2rem">
      <Text size="sm" c={chosen.length === 0 ? 'dimmed' : 'inherit'} role="status">
        {chosen.length === 0 ? t.selectHint : t.selected(format.number(chosen.length))}
      </Text>
      {chosen.length > 0 && selecting.actions(chosen, selection.clear)}
    </Group>
  )
}
