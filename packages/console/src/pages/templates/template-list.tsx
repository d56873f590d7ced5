import type { TemplateView } from '@mailwright/core'
import { Anchor, Button, Code, Group, VisuallyHidden } from '@mantine/core'
import { useMay } from '../../api/caller.js'
import { pageUrl, useFilters } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { ChoiceFilter } from '../../components/filters.js'
import { ListTable } from '../../components/list-table.js'
import { Page } from '../../components/page.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { SendLink } from './send-link.js'
import { REVIEWS, TemplateReview } from './template-review.js'
import { templateTexts } from './texts.js'

export function TemplateList() {
  const t = useTexts(templateTexts)
  const format = useFormat()
  const [{ review }, filter] = useFilters('review')
  const chosen = REVIEWS.find((state) => state === review)
  const columns: readonly Column<TemplateView>[] = [
    {
      key: 'name',
      header: t.name,
      width: 'minmax(9rem, 2fr)',
      cell: ({ id, name }) => (
        <Anchor href={pageUrl('templates', id)} size="sm" fw={600}>
          {name}
        </Anchor>
      ),
    },
    { key: 'type', header: t.type, width: '7.5rem', cell: ({ type }) => t[type] },
    {
      key: 'state',
      header: t.state,
      width: 'minmax(9rem, 2fr)',
      cell: (template) => <TemplateReview template={template} />,
    },
    {
      key: 'version',
      header: t.version,
      width: '4rem',
      align: 'end',
      cell: ({ version }) => format.number(version.number),
    },
    {
      key: 'variables',
      header: t.variables,
      width: 'minmax(9rem, 2fr)',
      cell: ({ variables }) => <VariableNames names={variables} />,
    },
    { key: 'changed', header: t.changed, width: '9.5rem', cell: ({ version }) => <When at={version.createdAt} /> },
    {
      key: 'actions',
      header: <VisuallyHidden>{t.actions}</VisuallyHidden>,
      width: '5rem',
      align: 'end',
      cell: (template) => <SendLink template={template} compact />,
    },
  ]
  return (
    <Page title={t.title} intro={t.intro} actions={<CreateLink />}>
      <Group>
        <ChoiceFilter
          label={t.state}
          all={t.anyState}
          choices={REVIEWS.map((value) => ({ value, label: t[value] }))}
          value={review}
          onChange={(value) => filter({ review: value })}
        />
      </Group>
      <ListTable
        operation="templates.list"
        input={chosen === undefined ? {} : { review: chosen }}
        label={t.title}
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          chosen === undefined ? (
            <EmptyState title={t.emptyTitle} next={t.emptyNext} action={<CreateLink />} />
          ) : (
            <EmptyState title={t.noneTitle} next={t.noneNext} />
          )
        }
      />
    </Page>
  )
}

function VariableNames({ names }: { readonly names: readonly string[] }) {
  const t = useTexts(templateTexts)
  if (names.length === 0) return t.noVariables
  return (
    <Group gap={4}>
      {names.map((name) => (
        <Code key={name}>{name}</Code>
      ))}
    </Group>
  )
}

function CreateLink() {
  const t = useTexts(templateTexts)
  return useMay('templates.create') ? (
    <Button component="a" href={pageUrl('templates', 'new')}>
      {t.create}
    </Button>
  ) : null
}
