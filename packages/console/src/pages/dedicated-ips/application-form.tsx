import type { IpServiceView, Scenario } from '@mailwright/core'
import {
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
import { parseTags } from '../../components/tag-lines.js'
import { componentTexts } from '../../components/texts.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { ApplicationRefusal } from './application-refusal.js'
import { applyTexts } from './apply-texts.js'
import { useDomainChoices } from './use-domain-choices.js'
import { useMoney } from './use-money.js'
import { useScenarioChoices } from './use-scenario-choices.js'

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
  const scenarios = useScenarioChoices()
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
        <ApplicationRefusal error={error} onCount={onCount} />
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
          data={scenarios}
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
