import { Anchor, Group, Select, Text } from '@mantine/core'
import { DateRange } from '../../components/date-range.js'
import { DomainFilter, RecipientDomainFilter, TemplateFilter } from '../../components/filters.js'
import { useNames } from '../../components/use-names.js'
import { useTexts } from '../../language/language.js'
import { type Asked, BREAKDOWNS, PERIODS } from './question.js'
import { statisticsTexts } from './texts.js'

interface Props {
  readonly asked: Asked
  readonly change: (changed: Partial<Asked>) => void
}

const WHOLE = 'whole'

/** What to show: days, filters, and what to break it down by. */
export function QuestionBar({ asked, change }: Props) {
  const t = useTexts(statisticsTexts)
  const names = useNames()
  return (
    <>
      <Group align="flex-end">
        <DateRange value={asked} onChange={change} />
        <Select
          label={t.period}
          data={[
            ...PERIODS.map((value) => ({ value: value as string, label: t[value] })),
            { value: WHOLE, label: t.whole, disabled: asked.breakdown === '' },
          ]}
          value={asked.period === '' ? WHOLE : asked.period}
          allowDeselect={false}
          onChange={(value) => change({ period: PERIODS.find((one) => one === value) ?? '' })}
          w={150}
        />
        <Select
          label={t.breakdown}
          placeholder={t.nothing}
          data={BREAKDOWNS.map((value) => ({ value, label: t[value] }))}
          value={asked.breakdown === '' ? null : asked.breakdown}
          clearable
          onChange={(value) => change({ breakdown: BREAKDOWNS.find((one) => one === value) ?? '' })}
          w={180}
        />
      </Group>
      <Group align="flex-end">
        <DomainFilter value={asked.domain} onChange={(domain) => change({ domain })} />
        <RecipientDomainFilter
          value={asked.recipientDomain}
          onChange={(recipientDomain) => change({ recipientDomain })}
        />
        <TemplateFilter value={asked.template} onChange={(template) => change({ template })} />
      </Group>
      {asked.task !== '' && (
        <Text size="sm">
          {t.onlyTask(names.task(asked.task))}{' '}
          <Anchor component="button" type="button" onClick={() => change({ task: '' })}>
            {t.allTasks}
          </Anchor>
        </Text>
      )}
    </>
  )
}
