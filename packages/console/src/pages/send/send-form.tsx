import type { SendAnswer, SenderView, TemplateView } from '@mailwright/core'
import { Grid, Stack, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useCall } from '../../api/use-call.js'
import { useFilters } from '../../app/route.js'
import { useTexts } from '../../language/language.js'
import { PreviewPane } from '../templates/preview-pane.js'
import { givenValues } from '../templates/sample-values.js'
import { TemplateProblem } from '../templates/template-problem.js'
import { usePreview } from '../templates/use-preview.js'
import { MailFields } from './mail-fields.js'
import { SendButton } from './send-button.js'
import { lackOf, type SendDraft, sendingOf } from './send-draft.js'
import { sendTexts } from './texts.js'

interface Props {
  readonly templates: readonly TemplateView[]
  readonly senders: readonly SenderView[]
  readonly onSent: (answer: SendAnswer) => void
}

type Written = Omit<SendDraft, 'template' | 'from'>

const NOTHING: Written = { subject: '', to: '', values: {}, unsubscribe: 'off', scenario: 'transactional' }
const PAUSE_MS = 350

/** The guide's "Email Sending". Template and sender stand in the address, so that other pages lead here with them chosen. */
export function SendForm({ templates, senders, onSent }: Props) {
  const t = useTexts(sendTexts)
  const [chosen, choose] = useFilters('template', 'from')
  const [written, setWritten] = useState(NOTHING)
  const template =
    templates.find(({ id, name }) => id === chosen.template || name === chosen.template) ?? only(templates)
  const from = senders.find(({ address }) => address === chosen.from)?.address ?? only(senders)?.address ?? ''
  const draft: SendDraft = { ...written, template, from }

  const [subject] = useDebouncedValue(written.subject.trim() === '' ? '' : written.subject, PAUSE_MS)
  const version = template && {
    template: template.id,
    version: template.approved ?? '',
    ...(subject === '' ? {} : { subject }),
  }
  const { data: content, error } = useCall('templates.preview', [version ?? {}], { enabled: version !== null })
  const variables = content?.variables ?? []
  const previewed = usePreview(version && { ...version, variables: givenValues(variables, written.values) })
  const problem = error ?? previewed.error
  return (
    <Grid gap="lg" align="flex-start">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Stack className="panel">
          <Title order={2} size="h4">
            {t.mail}
          </Title>
          <MailFields
            draft={draft}
            templates={templates}
            senders={senders}
            variables={variables}
            onChoose={choose}
            onChange={(changed) => setWritten({ ...written, ...changed })}
          />
          {problem !== null && <TemplateProblem error={problem} />}
          <SendButton
            input={sendingOf(draft, variables)}
            subject={previewed.shown?.subject ?? ''}
            lack={lackOf(draft, problem === null ? (content ?? null) : null)}
            onSent={onSent}
          />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }} pos={{ lg: 'sticky' }} top={72}>
        <PreviewPane previewed={previewed} />
      </Grid.Col>
    </Grid>
  )
}

const only = <T,>(all: readonly T[]): T | null => (all.length === 1 ? (all[0] ?? null) : null)
