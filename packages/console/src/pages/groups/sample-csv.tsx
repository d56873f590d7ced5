import { Group } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/use-call.js'
import { DownloadLink } from '../../components/download-link.js'
import { ChoiceFilter } from '../../components/filters.js'
import { useTexts } from '../../language/language.js'
import { groupTexts } from './texts.js'

const MOST = 1_000

/** A file with the variables of the template that is chosen. */
export function SampleCsv() {
  const t = useTexts(groupTexts)
  const [template, setTemplate] = useState('')
  const { data } = useCall('templates.list', [{ limit: MOST }])
  return (
    <Group align="flex-end" gap="sm">
      <ChoiceFilter
        label={t.sampleFor}
        all={t.sampleWithout}
        choices={data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={template}
        onChange={setTemplate}
      />
      <DownloadLink operation="groups.sampleCsv" input={template === '' ? {} : { template }} label={t.sample} />
    </Group>
  )
}
