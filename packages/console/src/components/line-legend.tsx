import { Text } from '@mantine/core'
import { useFormat } from '../language/use-format.js'
import type { Line } from './line-chart.js'

const DASHES = [[], [8, 3], [3, 3], [10, 3, 2, 3], [1, 4]] as const

/** Told apart without colour as well: each line has dashes of its own. */
export const lineLooks = (at: number): { readonly colour: string; readonly dash: readonly number[] } => ({
  colour: `--line-${(at % DASHES.length) + 1}`,
  dash: DASHES[at % DASHES.length] ?? [],
})

interface Props {
  readonly lines: readonly Line[]
  readonly times: readonly number[]
  /** The index that the pointer is at. */
  readonly pointed: number | null
}

/** What each line is, and its figure where somebody points. */
export function LineLegend({ lines, times, pointed }: Props) {
  const format = useFormat()
  const at = pointed === null ? undefined : times[pointed]
  return (
    <ul className="line-chart-legend">
      {lines.map(({ label, values }, index) => {
        const { colour, dash } = lineLooks(index)
        const value = pointed === null ? undefined : values[pointed]
        return (
          <li key={label}>
            <svg width="28" height="10" aria-hidden="true">
              <line
                x1="0"
                y1="5"
                x2="28"
                y2="5"
                stroke={`var(${colour})`}
                strokeWidth="2.5"
                strokeDasharray={dash.join(' ')}
              />
            </svg>
            {label}
            {value !== undefined && <strong>{format.number(value)}</strong>}
          </li>
        )
      })}
      {at !== undefined && (
        <Text component="li" size="sm" c="dimmed">
          {format.minute(at)}
        </Text>
      )}
    </ul>
  )
}
