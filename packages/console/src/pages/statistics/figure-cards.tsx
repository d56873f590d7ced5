import { SimpleGrid, Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { statisticsTexts } from './texts.js'

interface Share {
  readonly count: number
  readonly of: number
  readonly rate: number | null
}

export interface Figure {
  readonly key: string
  readonly label: string
  readonly count: number
  readonly share?: Share | undefined
}

/** The figures of the whole range, large, with what they are a share of. */
export function FigureCards({ figures }: { readonly figures: readonly Figure[] }) {
  const t = useTexts(statisticsTexts)
  const format = useFormat()
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0}>
      {figures.map(({ key, label, count, share }) => (
        <div key={key} className="panel">
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <Text component="dd" m={0} size="xl" fw={650}>
            {format.number(count)}
          </Text>
          {share !== undefined && share.rate !== null && (
            <Text component="dd" m={0} size="xs" c="dimmed">
              {format.percent(share.rate)} · {t.of(format.number(share.count), format.number(share.of))}
            </Text>
          )}
        </div>
      ))}
    </SimpleGrid>
  )
}
