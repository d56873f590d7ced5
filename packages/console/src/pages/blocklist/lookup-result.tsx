import type { BlockLookup } from '@mailwright/core'
import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { AddCustom } from './add-custom.js'
import { CustomReason } from './custom-reason.js'
import { UnwhitelistButton } from './invalid-actions.js'
import { InvalidReason } from './invalid-reason.js'
import { lookupTexts } from './lookup-texts.js'
import { Reason } from './reason.js'
import { RejectReason } from './reject-reason.js'
import { type Verdict, verdictOf } from './verdict.js'

const tones: Readonly<Record<Verdict, Tone>> = { written: 'good', some: 'waiting', blocked: 'bad' }

/** Everything that is known of one address, each with what can be done about it. */
export function LookupResult({ found }: { readonly found: BlockLookup }) {
  const t = useTexts(lookupTexts)
  const { address, invalid, whitelisted, custom, rejects } = found
  const verdict = verdictOf(found)
  return (
    <Stack className="panel" gap="sm" role="group" aria-label={address}>
      <Group justify="space-between">
        <Title order={3} size="h5" className="break">
          {address}
        </Title>
        <Group gap="sm">
          <Anchor size="sm" href={`${pageUrl('messages')}?${new URLSearchParams({ recipient: address })}`}>
            {t.messages}
          </Anchor>
          <StateBadge tone={tones[verdict]}>{t[verdict]}</StateBadge>
        </Group>
      </Group>
      {invalid !== null && <InvalidReason address={address} invalid={invalid} />}
      {whitelisted && (
        <Reason action={<UnwhitelistButton addresses={[address]} />}>
          <Text size="sm">{t.whitelisted}</Text>
        </Reason>
      )}
      {custom.map((block) => (
        <CustomReason key={`${block.target} ${block.automatic}`} block={block} />
      ))}
      {rejects.map((reject) => (
        <RejectReason key={reject.senderDomain} reject={{ address, ...reject }} />
      ))}
      {verdict === 'written' && (
        <Reason action={<AddCustom targets={address} label={t.blockIt} />}>
          <Text size="sm">{t.free}</Text>
        </Reason>
      )}
    </Stack>
  )
}
