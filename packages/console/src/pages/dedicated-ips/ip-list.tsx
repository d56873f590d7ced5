import type { DedicatedIpView } from '@mailwright/core'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { pageUrl, useFilters } from '../../app/route.js'
import { CopyValue } from '../../components/copy-value.js'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { DomainFilter } from '../../components/filters.js'
import { ListTable } from '../../components/list-table.js'
import { TagList, TagsButton } from '../../components/tags.js'
import { useTexts } from '../../language/language.js'
import { DisableIp } from './disable-ip.js'
import { IpDomains } from './ip-domains.js'
import { IpState } from './ip-state.js'
import { tagFilterOf } from './tag-filter.js'
import { ipTexts } from './texts.js'

export function IpList() {
  const t = useTexts(ipTexts)
  const [{ domain, tag }, filter] = useFilters('domain', 'tag')
  const columns: readonly Column<DedicatedIpView>[] = [
    {
      key: 'ip',
      header: t.ip,
      width: 'minmax(9rem, 1fr)',
      cell: ({ ip, ehlo }) => (
        <>
          <CopyValue value={ip} />
          <Text size="xs" c="dimmed">
            {t.greets(ehlo)}
          </Text>
        </>
      ),
    },
    { key: 'state', header: t.state, width: 'minmax(10rem, 1fr)', cell: (one) => <IpState ip={one} /> },
    { key: 'domains', header: t.domains, width: 'minmax(14rem, 2fr)', cell: (one) => <IpDomains ip={one} /> },
    {
      key: 'tags',
      width: 'minmax(8rem, 1fr)',
      header: t.tags,
      cell: ({ ip, tags }) => (
        <Stack gap={4} align="flex-start">
          <TagList tags={tags} />
          <TagsButton operation="dedicatedIps.setTags" of={ip} tags={tags} />
        </Stack>
      ),
    },
    { key: 'actions', header: '', width: '6rem', align: 'end', cell: ({ ip }) => <DisableIp ip={ip} /> },
  ]
  const wanted = tagFilterOf(tag)
  const filtered = domain !== '' || wanted !== undefined
  return (
    <>
      <Group align="flex-end">
        <DomainFilter value={domain} onChange={(value) => filter({ domain: value })} />
        <TextInput
          label={t.tag}
          placeholder={t.tagHint}
          value={tag}
          onChange={({ currentTarget }) => filter({ tag: currentTarget.value })}
          w={200}
        />
      </Group>
      <ListTable
        operation="dedicatedIps.list"
        input={{ ...(domain === '' ? {} : { domain }), ...(wanted === undefined ? {} : { tag: wanted }) }}
        label={t.title}
        columns={columns}
        rowKey={({ ip }) => ip}
        empty={
          filtered ? (
            <EmptyState title={t.emptyFilter} next={t.emptyFilterNext} />
          ) : (
            <EmptyState
              title={t.emptyTitle}
              next={t.emptyNext}
              action={
                <Button component="a" href={pageUrl('dedicated-ips', 'apply')} mt="xs">
                  {t.calculator}
                </Button>
              }
            />
          )
        }
      />
    </>
  )
}
