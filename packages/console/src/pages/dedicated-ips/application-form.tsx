import type { IpServiceView, Scenario } from '@mailwright/core'
import {
  Alert,
  Anchor,
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  Switch,
  Text,
  Textarea,
  Title,
} from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { goTo, pageUrl } from '../../app/route.js'
import { useOperationForm } from '../../components/form-dialog.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { parseTags } from '../../components/tag-lines.js'
import { componentTexts } from '../../components/texts.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { applyTexts } from './apply-texts.js'
import { shortageOf } from './shortage-of.js'
import { useDomainChoices } from './use-domain-choices.js'
import { useMoney } from './use-money.js'

const SCENARIOS = ['transactional', 'notification', 'marketing'] as const satisfies readonly Scenario[]

interface Props {
  readonly service: IpServiceView
  readonly count: number
  readonly onCount: (count: number) => void
}

interface Values {
  count: number
  domains: string[]
  scenario: Scenario | null
  tags: string
  force: boolean
}

const blank: Values = { count: 1, domains: [], scenario: null, tags: '', force: false }

export function ApplicationForm({ service, count, onCount }: Props) {
  const t = useTexts(applyTexts)
  const common = useTexts(componentTexts)
  const format = useFormat()
  const choices = useDomainChoices()
  const { form, submit, error, pending } = useOperationForm(
    'dedicatedIps.apply',
    { ...blank, count },
    ({ scenario, tags, ...rest }) => [{ ...rest, tags: parseTags(tags), ...(scenario === null ? {} : { scenario }) }],
  )
  const { setFieldValue } = form
  useEffect(() => setFieldValue('count', count), [count, setFieldValue])
  const number = form.getInputProps('count')
  const finish = (allocated: number) => {
    notifications.show({ color: 'green', message: t.done(format.number(allocated)) })
    goTo('dedicated-ips')
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit(({ ips }) => finish(ips.length))
      }}
    >
      <Stack className="panel" gap="sm">
        <Title order={2} size="h4">
          {t.formTitle}
        </Title>
        <Refusal error={error} onCount={onCount} />
        <NumberInput
          label={t.count}
          min={1}
          max={100}
          required
          {...number}
          onChange={(value) => onCount(Number(value))}
        />
        <MultiSelect
          label={t.domains}
          description={t.domainsHint}
          data={choices}
          searchable
          required
          {...form.getInputProps('domains')}
        />
        {choices.length === 0 && (
          <Text size="sm">
            {t.noDomains}{' '}
            <Anchor href={pageUrl('domains')} underline="always">
              {t.toDomains}
            </Anchor>
          </Text>
        )}
        <Select
          label={t.scenarioOf}
          description={t.scenarioHint}
          placeholder={t.asDomains}
          data={SCENARIOS.map((value) => ({ value, label: t[value] }))}
          clearable
          {...form.getInputProps('scenario')}
        />
        <Textarea label={t.tags} description={common.tagsHint} autosize minRows={2} {...form.getInputProps('tags')} />
        <Switch label={t.force} description={t.forceHint} {...form.getInputProps('force', { type: 'checkbox' })} />
        <Cost service={service} count={form.values.count} />
        <Group justify="flex-end">
          <Button type="submit" loading={pending}>
            {t.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Cost({ service, count }: Pick<Props, 'service' | 'count'>) {
  const t = useTexts(applyTexts)
  const money = useMoney(service.currency)
  const { number } = useFormat()
  const price = service.monthlyPrice ?? 0
  return price === 0 ? null : <Text size="sm">{t.cost(number(count), money(price), money(price * count))}</Text>
}

interface RefusalProps {
  readonly error: unknown
  readonly onCount: (count: number) => void
}

/** If too few are free, how many are. */
function Refusal({ error, onCount }: RefusalProps) {
  const t = useTexts(applyTexts)
  const { number } = useFormat()
  if (error === null) return null
  const shortage = shortageOf(error)
  if (shortage === null) return <ProblemAlert error={error} />
  const { free, wanted } = shortage
  return (
    <Alert color="red" role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t.exhausted(number(free), number(wanted))}</Text>
        {free > 0 && (
          <Button size="xs" variant="default" onClick={() => onCount(free)}>
            {t.takeFree(number(free))}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
