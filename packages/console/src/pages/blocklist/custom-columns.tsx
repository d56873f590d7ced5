import type { CustomView } from '@mailwright/core'
import { Group, Stack, Text } from '@mantine/core'
import type { Column } from '../../components/data-table.js'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import { AddressLink } from './address-link.js'
import type { customTexts } from './custom-texts.js'
import { ModifyCustom } from './modify-custom.js'
import { RemoveCustom } from './remove-custom.js'

const tones: Readonly<Record<CustomView['status'], Tone>> = { coming: 'waiting', active: 'bad', expired: 'over' }

export const customColumns = (t: typeof customTexts.en): readonly Column<CustomView>[] => [
  {
    key: 'target',
    header: t.target,
    width: 'minmax(11rem, 2fr)',
    cell: ({ target }) => (target.startsWith('@') ? target : <AddressLink address={target} />),
  },
  {
    key: 'status',
    header: t.status,
    width: '6rem',
    cell: ({ status }) => <StateBadge tone={tones[status]}>{t[status]}</StateBadge>,
  },
  {
    key: 'period',
    header: t.period,
    width: '10.5rem',
    cell: ({ startsAt, endsAt }) => (
      <Stack gap={0}>
        <When at={startsAt} />
        <span>– {endsAt === null ? t.noEnd : <When at={endsAt} />}</span>
      </Stack>
    ),
  },
  {
    key: 'reason',
    header: t.reason,
    width: 'minmax(9rem, 2fr)',
    cell: ({ reason, automatic }) => (
      <Stack gap={0}>
        <span>{reason}</span>
        {automatic && (
          <Text size="xs" c="dimmed">
            {t.automatic}
          </Text>
        )}
      </Stack>
    ),
  },
  {
    key: 'actions',
    header: '',
    width: '10.5rem',
    align: 'end',
    cell: (block) => (
      <Group gap={4} justify="flex-end" wrap="nowrap">
        <ModifyCustom blocks={[block]} />
        <RemoveCustom targets={[block.target]} />
      </Group>
    ),
  },
]
