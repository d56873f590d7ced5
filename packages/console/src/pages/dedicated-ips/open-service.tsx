import type { IpServiceView } from '@mailwright/core'
import { Alert, Checkbox, Group, List, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../../api/caller.js'
import { ActionButton } from '../../components/action-button.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { ipTexts } from './texts.js'
import { useMoney } from './use-money.js'

/** The terms, the box that agrees to them, and the button that opens the service (DIP-1). */
export function OpenService({ service }: { readonly service: IpServiceView }) {
  const t = useTexts(ipTexts)
  const money = useMoney(service.currency)
  const may = useMay('dedicatedIps.open')
  const [agreed, setAgreed] = useState(false)
  const priced = (service.monthlyPrice ?? 0) > 0
  const points = [
    priced ? t.price(money(service.monthlyPrice ?? 0)) : t.free,
    ...(priced ? [t.freeze, t.monthly, t.ending] : []),
    t.warmUp,
    t.need,
  ]
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {service.state === 'open' ? t.reopenTitle : t.openTitle}
      </Title>
      {service.state === 'open' && <Text size="sm">{t.reopenText}</Text>}
      {service.closedAt !== null && (
        <Text size="sm" c="dimmed">
          {t.closedSince} <When at={service.closedAt} />
        </Text>
      )}
      <Text fw={600}>{t.terms(service.terms)}</Text>
      <List size="sm" spacing={4} maw="46rem">
        {points.map((point) => (
          <List.Item key={point}>{point}</List.Item>
        ))}
      </List>
      {may ? (
        <>
          <Checkbox
            label={t.agree}
            checked={agreed}
            onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
          />
          <Group gap="sm">
            <ActionButton
              operation="dedicatedIps.open"
              args={[{ agree: true }]}
              variant="filled"
              size="sm"
              disabled={!agreed}
              done={t.opened}
              onDone={() => setAgreed(false)}
            >
              {t.open}
            </ActionButton>
            {!agreed && (
              <Text size="sm" c="dimmed">
                {t.agreeFirst}
              </Text>
            )}
          </Group>
        </>
      ) : (
        <Alert>{t.adminOnly}</Alert>
      )}
    </Stack>
  )
}
