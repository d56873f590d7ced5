import type { TaskView } from '@mailwright/core'
import { Anchor, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { CopyValue } from '../../components/copy-value.js'
import { TagList, TagsButton } from '../../components/tags.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { ScheduleWords } from './schedule-words.js'
import { taskTexts } from './texts.js'

/** What it sends to whom, when, and where to look next. */
export function TaskFacts({ task }: { readonly task: TaskView }) {
  const t = useTexts(taskTexts)
  // What a task that is over used may be deleted since; then its id is all there is.
  const template = useCall('templates.get', [task.template]).data?.name
  const group = useCall('groups.get', [task.group]).data?.name
  const domain = useCall('domains.get', [task.domain]).data?.name
  const ofTask = new URLSearchParams({ task: task.id })
  return (
    <Stack className="panel" gap="md">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t.facts}
        </Title>
        <Group gap="md">
          <Anchor href={`${pageUrl('messages')}?${ofTask}`} size="sm">
            {t.toMessages}
          </Anchor>
          <Anchor href={`${pageUrl('sending-data')}?${ofTask}`} size="sm">
            {t.toStatistics}
          </Anchor>
        </Group>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <Fact label={t.schedule}>
          <ScheduleWords schedule={task.schedule} />
        </Fact>
        <Fact label={t.template}>
          <Linked to="templates" name={template} id={task.template} />
        </Fact>
        <Fact label={t.group}>
          <Linked to="groups" name={group} id={task.group} />
        </Fact>
        <Fact label={t.domain}>
          <Linked to="domains" name={domain} id={task.domain} />
        </Fact>
        <Fact label={t.scenario}>{t[task.scenario]}</Fact>
        <Fact label={t.created}>
          <When at={task.createdAt} />
        </Fact>
        <Fact label={t.id}>
          <CopyValue value={task.id} label={t.id} />
        </Fact>
        <Fact label={t.tags}>
          <TagList tags={task.tags} />
          <TagsButton operation="tasks.setTags" of={task.id} tags={task.tags} />
        </Fact>
      </SimpleGrid>
    </Stack>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="div" size="sm" className="break">
        {children}
      </Text>
    </Stack>
  )
}

interface LinkedProps {
  readonly to: string
  readonly name: string | undefined
  readonly id: string
}

function Linked({ to, name, id }: LinkedProps) {
  return name === undefined ? (
    <CopyValue value={id} />
  ) : (
    <Anchor href={pageUrl(to, name)} size="sm">
      {name}
    </Anchor>
  )
}
