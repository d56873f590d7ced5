import { Text, VisuallyHidden } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTexts } from '../language/language.js'
import { useFormat } from '../language/use-format.js'
import { componentTexts } from './texts.js'

export interface Column<T> {
  readonly key: string
  /** '' stands above buttons. */
  readonly header: ReactNode
  readonly cell: (row: T) => ReactNode
  /** As CSS grid wants it; default `minmax(8rem, 1fr)`. */
  readonly width?: string
  /** Numbers stand at the end. */
  readonly align?: 'start' | 'end'
}

interface Props<T> {
  /** What a screen reader calls the table. */
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string
  /** Reads what is behind the last row; left out: that was all. */
  readonly readMore?: (() => void) | undefined
}

const ROW_HEIGHT = 46
const REM_OF_COLUMN = 8

/** Only the rows that are seen are in the document, so that a hundred thousand of them scroll like ten. */
export function DataTable<T>({ label, columns, rows, rowKey, readMore }: Props<T>) {
  const t = useTexts(componentTexts)
  const format = useFormat()
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => keyAt(rows, index, rowKey),
    overscan: 12,
  })
  const seen = virtual.getVirtualItems()
  const last = seen.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 20) readMore?.()
  }, [last, rows.length, readMore])
  const grid = {
    gridTemplateColumns: columns.map(({ width }) => width ?? `minmax(${REM_OF_COLUMN}rem, 1fr)`).join(' '),
  }
  const width = {
    '--table-width': `${columns.reduce((sum, column) => sum + leastRem(column), 0)}rem`,
  } as React.CSSProperties
  return (
    <div>
      <div
        className="table"
        ref={frame}
        role="table"
        aria-label={label}
        aria-rowcount={readMore ? -1 : rows.length + 1}
        tabIndex={0}
        style={width}
      >
        <div role="rowgroup" className="table-head">
          <div role="row" className="table-row" aria-rowindex={1} style={grid}>
            {columns.map(({ key, header, align }) => (
              <div key={key} role="columnheader" data-align={align}>
                {header === '' ? <VisuallyHidden>{t.actions}</VisuallyHidden> : header}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="table-body" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {seen.map(({ index, key, start }) => {
            const row = rows[index]
            return row === undefined ? null : (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                role="row"
                aria-rowindex={index + 2}
                className="table-row"
                style={{ ...grid, transform: `translateY(${start}px)` }}
              >
                {columns.map(({ key: column, cell, align }) => (
                  <div key={column} role="cell" data-align={align}>
                    {cell(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
      <Text size="xs" c="dimmed" mt={4} role="status">
        {t.rows(format.number(rows.length), readMore === undefined)}
      </Text>
    </div>
  )
}

/** The first number of a width is the least it may be: `minmax(8rem, 1fr)`; a rem more stands between columns. */
function leastRem({ width = '' }: Pick<Column<never>, 'width'>): number {
  return 1 + Number(/([\d.]+)rem/.exec(width)?.[1] ?? REM_OF_COLUMN)
}

function keyAt<T>(rows: readonly T[], index: number, rowKey: (row: T) => string): string | number {
  const row = rows[index]
  return row === undefined ? index : rowKey(row)
}
