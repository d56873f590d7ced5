import type { Scenario } from '@mailwright/core'
import { ActionIcon, Button, Code, Group, NumberInput, Select, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall } from '../../api/use-call.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { applyTexts } from './apply-texts.js'
import { useScenarioChoices } from './use-scenario-choices.js'

const MOST = 100

interface Row {
  readonly key: number
  readonly scenario: Scenario
  readonly qps: number
}

/** What the API recommends for the rates of some scenarios (DIP-2), as one types. */
export function Calculator({ onUse }: { readonly onUse: ((count: number) => void) | undefined }) {
  const t = useTexts(applyTexts)
  const scenarios = useScenarioChoices()
  const [rows, setRows] = useState<readonly Row[]>([{ key: 0, scenario: 'marketing', qps: 30 }])
  const [settled] = useDebouncedValue(rows, 200)
  const { data, error } = useCall('dedicatedIps.recommend', [settled.map(({ qps }) => ({ qps }))])
  const change = (changed: Row) => setRows(rows.map((row) => (row.key === changed.key ? changed : row)))
  const add = () => {
    const unused = scenarios.find(({ value }) => rows.every((row) => row.scenario !== value))
    const scenario = unused?.value ?? 'marketing'
    setRows([...rows, { key: Math.max(...rows.map(({ key }) => key)) + 1, scenario, qps: 30 }])
  }
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.calculatorTitle}
      </Title>
      <Text size="sm">{t.rule}</Text>
      {rows.map((row) => (
        <ScenarioRow
          key={row.key}
          row={row}
          onChange={change}
          onRemove={rows.length > 1 ? () => setRows(rows.filter(({ key }) => key !== row.key)) : undefined}
        />
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} />}
          disabled={rows.length >= MOST}
          onClick={add}
        >
          {t.addScenario}
        </Button>
      </Group>
      {error !== null && <ProblemAlert error={error} />}
      {data && (
        <Group gap="xl" role="status">
          <Figure title={t.minimum} count={data.minimum} onUse={onUse} />
          <Figure title={t.recommended} count={data.recommended} onUse={onUse} />
        </Group>
      )}
      <Code block style={{ whiteSpace: 'normal' }}>
        {t.formula}
      </Code>
      <Text size="xs" c="dimmed">
        {t.example}
      </Text>
    </Stack>
  )
}

interface RowProps {
  readonly row: Row
  readonly onChange: (row: Row) => void
  readonly onRemove: (() => void) | undefined
}

function ScenarioRow({ row, onChange, onRemove }: RowProps) {
  const t = useTexts(applyTexts)
  const scenarios = useScenarioChoices()
  const name = scenarios.find(({ value }) => value === row.scenario)?.label ?? row.scenario
  const choose = (chosen: string | null) =>
    onChange({ ...row, scenario: scenarios.find(({ value }) => value === chosen)?.value ?? row.scenario })
  return (
    <Group align="flex-end" gap="sm" wrap="nowrap">
      <Select
        label={t.scenario}
        data={scenarios}
        value={row.scenario}
        onChange={choose}
        allowDeselect={false}
        flex={1}
      />
      <NumberInput
        label={t.rate}
        value={row.qps}
        min={0}
        max={1_000_000}
        clampBehavior="strict"
        onChange={(qps) => onChange({ ...row, qps: Number(qps) })}
        flex={1}
      />
      {onRemove && (
        <ActionIcon variant="subtle" color="red" size="lg" aria-label={t.removeScenario(name)} onClick={onRemove}>
          <IconTrash size={18} />
        </ActionIcon>
      )}
    </Group>
  )
}

interface FigureProps {
  readonly title: string
  readonly count: number
  readonly onUse: ((count: number) => void) | undefined
}

function Figure({ title, count, onUse }: FigureProps) {
  const t = useTexts(applyTexts)
  const format = useFormat()
  return (
    <Stack gap={2} align="flex-start">
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <Text fw={700} size="xl">
        {format.number(count)}
      </Text>
      {onUse && (
        <Button size="xs" variant="light" disabled={count > MOST} onClick={() => onUse(count)}>
          {t.use(format.number(count))}
        </Button>
      )}
    </Stack>
  )
}
