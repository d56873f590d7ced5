import type { DedicatedIpView } from '@mailwright/core'
import { Anchor, Group, Stack, Text } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { AddDomain } from './add-domain.js'
import { ipTexts } from './texts.js'

/** Whose mail leaves from it. */
export function IpDomains({ ip }: { readonly ip: DedicatedIpView }) {
  const t = useTexts(ipTexts)
  return (
    <Stack gap={6} align="flex-start">
      <Text size="xs" c="dimmed">
        {t.scenario}: {ip.scenario === null ? t.anyScenario : t[ip.scenario]}
      </Text>
      {ip.domains.length === 0 && <Text size="xs">{t.noDomains}</Text>}
      {ip.domains.map(({ id, name }) => (
        <Group key={id} gap="xs" justify="space-between" w="100%">
          <Anchor href={pageUrl('domains', name)} size="sm">
            {name}
          </Anchor>
          <ActionButton
            operation="dedicatedIps.unassign"
            args={[{ ip: ip.ip, domain: name }]}
            confirm={{ title: t.takeOffTitle(name, ip.ip), text: t.takeOffText }}
            done={t.takenOff}
          >
            {t.takeOff}
          </ActionButton>
        </Group>
      ))}
      <AddDomain ip={ip} />
    </Stack>
  )
}
