import type { IpServiceView } from '@mailwright/core'
import { Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { ipTexts } from './texts.js'
import { useMoney } from './use-money.js'

export function ServiceFacts({ service }: { readonly service: IpServiceView }) {
  const t = useTexts(ipTexts)
  const money = useMoney(service.currency)
  const agreement = service.agreements.at(-1)
  const { monthlyPrice, frozen } = service
  return (
    <Group className="panel" gap="xl" align="flex-start">
      <Fact title={t.perMonth}>{monthlyPrice === null ? t.nothing : money(monthlyPrice)}</Fact>
      <Fact title={t.frozen}>{frozen === 0 ? t.nothing : money(frozen)}</Fact>
      {agreement && (
        <Fact title={t.agreed}>
          <When at={agreement.at} /> · {t.version(agreement.terms)}
        </Fact>
      )}
    </Group>
  )
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap={2}>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <Text fw={600}>{children}</Text>
    </Stack>
  )
}
