import type { CustomView } from '@mailwright/core'
import { Group } from '@mantine/core'
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
  { key: 'from', header: t.from, cell: ({ startsAt }) => <When at={startsAt} /> },
  { key: 'until', header: t.until, cell: ({ endsAt }) => (endsAt === null ? t.noEnd : <When at={endsAt} />) },
  { key: 'kind', header: t.kind, width: '7rem', cell: ({ automatic }) => (automatic ? t.automatic : t.byHand) },
  { key: 'reason', header: t.reason, width: 'minmax(9rem, 2fr)', cell: ({ reason }) => reason },
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
