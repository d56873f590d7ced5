import type { PersonExport } from '@mailwright/core'
import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { DataSection } from './data-section.js'
import { PersonMessages } from './person-messages.js'
import { saveFile } from './save-file.js'
import { peopleTexts } from './texts.js'
import { Values } from './values.js'

export function PersonData({ person }: { readonly person: PersonExport }) {
  const t = useTexts(peopleTexts)
  const save = () => saveFile('person.json', 'application/json', `${JSON.stringify(person, null, 2)}\n`)
  return (
    <>
      <Group>
        <Button variant="default" size="xs" leftSection={<IconDownload size={16} />} onClick={save}>
          {t.json}
        </Button>
      </Group>
      <DataSection
        title={t.groups}
        headers={[t.group, t.values]}
        rows={person.groups.map(({ group, values }) => [group, <Values key="values" values={values} />])}
      />
      <PersonMessages messages={person.messages} />
      <DataSection
        title={t.blocks}
        headers={[t.kind, t.scope, t.reason, t.since, t.until]}
        rows={person.blocklist.map(({ kind, scope, reason, startsAt, endsAt }) => [
          t[kind],
          scope,
          reason,
          <When key="since" at={startsAt} />,
          endsAt === null ? '–' : <When key="until" at={endsAt} />,
        ])}
      />
      <DataSection
        title={t.lifts}
        headers={[t.domain, t.reason, t.at]}
        rows={person.lifts.map(({ senderDomain, reason, at }) => [senderDomain, reason, <When key="at" at={at} />])}
      />
    </>
  )
}
