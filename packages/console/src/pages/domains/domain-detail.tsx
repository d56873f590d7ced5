import type { DomainView } from '@mailwright/core'
import { Alert, Anchor, Group, Stack, Text } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { goTo, pageUrl } from '../../app/route.js'
import { ActionButton } from '../../components/action-button.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { TagList, TagsButton } from '../../components/tags.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { DkimKeys } from './dkim-keys.js'
import { DnsChecklist } from './dns-checklist.js'
import { DomainScenario } from './domain-scenario.js'
import { DomainState } from './domain-state.js'
import { domainTexts } from './texts.js'
import { VerifyButton } from './verify-button.js'

export function DomainDetail({ name }: { readonly name: string }) {
  const t = useTexts(domainTexts)
  const { data: domain, error, refetch } = useCall('domains.get', [name])
  if (domain === undefined)
    return error === null ? <Loading /> : <ProblemAlert error={error} retry={() => void refetch()} />
  return (
    <Page
      title={domain.unicode}
      intro={<Anchor href={pageUrl('domains')}>{t.back}</Anchor>}
      actions={
        <>
          <VerifyButton domain={domain} />
          <ActionButton
            operation="domains.delete"
            args={[domain.name]}
            color="red"
            confirm={{ title: t.deleteTitle(domain.unicode), text: t.deleteText }}
            done={t.deleted}
            onDone={() => goTo('domains')}
          >
            {t.delete}
          </ActionButton>
        </>
      }
    >
      <Standing domain={domain} />
      <Warnings domain={domain} />
      {domain.trust === 'operator' ? <Alert>{t.operatorTrust}</Alert> : <DnsChecklist domain={domain} />}
      <DkimKeys domain={domain} />
    </Page>
  )
}

function Standing({ domain }: { readonly domain: DomainView }) {
  const t = useTexts(domainTexts)
  const format = useFormat()
  const { allowance } = domain
  return (
    <Group className="panel" gap="xl" align="flex-start">
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          {t.state}
        </Text>
        <DomainState state={domain.state} />
        <Text size="xs" c="dimmed">
          {t.checkedAt} <When at={domain.checkedAt} />
        </Text>
      </Stack>
      {allowance !== null && (
        <Stack gap={4}>
          <Text size="sm" c="dimmed">
            {t.today} · {t.level} {allowance.level}
          </Text>
          <Text fw={600}>{t.ofLimit(format.number(allowance.usedToday), format.number(allowance.dailyLimit))}</Text>
          <Text size="xs" c="dimmed">
            {t.until} <When at={allowance.until} />
          </Text>
        </Stack>
      )}
      <DomainScenario domain={domain} />
      <Stack gap={4} align="flex-start">
        <TagList tags={domain.tags} />
        <TagsButton operation="domains.setTags" of={domain.name} tags={domain.tags} />
      </Stack>
    </Group>
  )
}

function Warnings({ domain }: { readonly domain: DomainView }) {
  const t = useTexts(domainTexts)
  const format = useFormat()
  return domain.warnings.map((warning) =>
    warning.type === 'corporate-mail' ? (
      <Alert key={`${warning.type} ${warning.conflict}`} color="yellow" title={t.corporate}>
        <Text size="sm">{warning.advice}</Text>
        <Text size="sm" className="value">
          {warning.found.join(', ')}
        </Text>
      </Alert>
    ) : (
      <Alert key={warning.type} color="yellow">
        {t.invalidRate(format.percent(warning.of === 0 ? 0 : warning.invalid / warning.of))}
      </Alert>
    ),
  )
}
