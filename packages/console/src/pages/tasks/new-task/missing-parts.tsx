import { Alert, Anchor, Text } from '@mantine/core'
import { pageUrl } from '../../../app/route.js'
import { useTexts } from '../../../language/language.js'
import { newTaskTexts } from './texts.js'
import type { Choice, PartChoices } from './use-part-choices.js'

const lacking = (choices: readonly Choice[] | undefined): boolean =>
  choices?.every(({ disabled }) => disabled === true) ?? false

/** What has to be made before a task can be, with the way there. */
export function MissingParts({ parts }: { readonly parts: PartChoices }) {
  const t = useTexts(newTaskTexts)
  const lacks = [
    { lacking: lacking(parts.templates), page: 'templates', text: t.lacksTemplates, link: t.toTemplates },
    { lacking: lacking(parts.groups), page: 'groups', text: t.lacksGroups, link: t.toGroups },
    { lacking: lacking(parts.senders), page: 'senders', text: t.lacksSenders, link: t.toSenders },
  ].filter((part) => part.lacking)
  if (lacks.length === 0) return null
  return (
    <Alert color="yellow">
      {lacks.map(({ page, text, link }) => (
        <Text key={page} size="sm">
          {text} <Anchor href={pageUrl(page)}>{link}</Anchor>
        </Text>
      ))}
    </Alert>
  )
}
