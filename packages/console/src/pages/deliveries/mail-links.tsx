import { Anchor } from '@mantine/core'
import { pageUrl } from '../../app/route.js'

interface Props {
  /** null: the mail has none. */
  readonly id: string | null
  readonly name: (id: string) => string
}

export const TemplateLink = ({ id, name }: Props) =>
  id === null ? '–' : <NamedLink href={pageUrl('templates', id)} id={id} name={name(id)} />

export const TaskLink = ({ id, name }: Props) =>
  id === null ? '–' : <NamedLink href={pageUrl('tasks', id)} id={id} name={name(id)} />

const NamedLink = ({ href, id, name }: { readonly href: string; readonly id: string; readonly name: string }) => (
  <Anchor href={href} size="sm" title={id}>
    {name}
  </Anchor>
)
