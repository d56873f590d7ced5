import { List, Stack, Title } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { SampleCsv } from './sample-csv.js'
import { groupTexts } from './texts.js'

/** What a file has to look like, and one to start from (GRP-2 to GRP-7). */
export function ImportRules() {
  const t = useTexts(groupTexts)
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.rules}
      </Title>
      <List size="sm" spacing={4}>
        <List.Item>{t.ruleNoEdit}</List.Item>
        <List.Item>{t.ruleSize}</List.Item>
        <List.Item>{t.ruleHeader}</List.Item>
        <List.Item>{t.ruleValues}</List.Item>
        <List.Item>{t.ruleFormat}</List.Item>
        <List.Item>{t.ruleRows}</List.Item>
      </List>
      <SampleCsv />
    </Stack>
  )
}
