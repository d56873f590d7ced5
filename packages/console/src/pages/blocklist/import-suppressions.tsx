import { Select } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/use-call.js'
import { useTexts } from '../../language/language.js'
import { ImportDialog } from './import-dialog.js'
import { importTexts } from './import-texts.js'

const SERVICES = [
  { value: 'ses', label: 'Amazon SES' },
  { value: 'sendgrid', label: 'SendGrid' },
  { value: 'postmark', label: 'Postmark' },
  { value: 'mailgun', label: 'Mailgun' },
]
/** They have a file for each list. */
const BY_LIST: readonly (string | null)[] = ['sendgrid', 'mailgun']

/** Takes over whom another service does not write to any more. */
export function ImportSuppressions() {
  const t = useTexts(importTexts)
  const [from, setFrom] = useState<string | null>(null)
  const [list, setList] = useState<string | null>(null)
  const [senderDomain, setDomain] = useState<string | null>(null)
  const { data } = useCall('domains.list', [{ limit: 100 }])
  const byList = BY_LIST.includes(from)
  const ready = from !== null && (!byList || list !== null)
  return (
    <ImportDialog
      operation="blocklist.importSuppressions"
      label={t.suppressionsOpen}
      title={t.suppressions}
      intro={t.suppressionsIntro}
      accept=".csv,.json,text/csv,application/json"
      hint={t.drop}
      query={ready ? { from, list: byList ? list : null, senderDomain } : null}
    >
      <Select label={t.from} data={SERVICES} value={from} onChange={setFrom} required allowDeselect={false} />
      {byList && (
        <Select
          label={t.list}
          description={t.listHint}
          data={[
            { value: 'bounces', label: t.bounces },
            { value: 'invalid-emails', label: t.invalidEmails },
            { value: 'complaints', label: t.complaints },
            { value: 'unsubscribes', label: t.unsubscribes },
          ]}
          value={list}
          onChange={setList}
          required
          allowDeselect={false}
        />
      )}
      <Select
        label={t.senderDomain}
        description={t.senderDomainHint}
        data={data?.items.map(({ name }) => name) ?? []}
        value={senderDomain}
        onChange={setDomain}
        clearable
        searchable
      />
    </ImportDialog>
  )
}
