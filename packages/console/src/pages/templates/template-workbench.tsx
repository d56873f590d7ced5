import { Grid, Stack, Title } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { asProblem } from '../../api/problem.js'
import { useTexts } from '../../language/language.js'
import { editorTexts } from './editor-texts.js'
import { FoundVariables } from './found-variables.js'
import { PreviewPane } from './preview-pane.js'
import { type Refusal, refusalOf } from './refusal.js'
import { givenValues, SampleValues } from './sample-values.js'
import type { SourceEditorHandle } from './source-editor.js'
import { variablesIn } from './source-marks.js'
import { previewOf, type TemplateDraft } from './template-draft.js'
import { TemplateFields } from './template-fields.js'
import { TemplateProblem } from './template-problem.js'
import { usePreview } from './use-preview.js'

interface Props {
  readonly form: UseFormReturnType<TemplateDraft>
  readonly isNew?: boolean
  readonly readOnly?: boolean
  /** Why it could not be saved. What is wrong in the template itself is said by the preview, as long as it is. */
  readonly saveError: unknown
  readonly onSubmit: () => void
  readonly children: ReactNode
}

/** A template beside what becomes of it. */
export function TemplateWorkbench({ form, isNew = false, readOnly = false, saveError, onSubmit, children }: Props) {
  const e = useTexts(editorTexts)
  const { type, subject, body, text } = form.values
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const variables = useMemo(() => variablesIn(subject, body, type === 'html' ? text : ''), [subject, body, text, type])
  const previewed = usePreview(previewOf(form.values, givenValues(variables, values)))
  const refusal = previewed.error && refusalOf(previewed.error)
  const refs = {
    subject: useRef<HTMLInputElement>(null),
    body: useRef<SourceEditorHandle>(null),
    text: useRef<SourceEditorHandle>(null),
  }
  const show = ({ field, column }: Refusal) => {
    if (field === 'subject') {
      refs.subject.current?.focus()
      refs.subject.current?.setSelectionRange(column - 1, column + 1)
    } else if (field === type) refs.body.current?.showRefused()
    else refs.text.current?.showRefused()
  }
  const unsaved = saveError === null || refusalOf(asProblem(saveError)) !== null ? null : saveError
  return (
    <Grid gap="lg" align="flex-start">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            onSubmit()
          }}
        >
          <Stack className="panel">
            <Title order={2} size="h4">
              {e.content}
            </Title>
            <TemplateFields
              form={form}
              refusal={refusal}
              isNew={isNew}
              readOnly={readOnly}
              subjectRef={refs.subject}
              bodyRef={refs.body}
              textRef={refs.text}
            />
            <FoundVariables variables={variables} body={body} />
            {previewed.error !== null && <TemplateProblem error={previewed.error} onShow={show} />}
            {unsaved !== null && <TemplateProblem error={unsaved} />}
            {children}
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }} pos={{ lg: 'sticky' }} top={72}>
        <PreviewPane previewed={previewed}>
          <SampleValues variables={variables} values={values} onChange={setValues} />
        </PreviewPane>
      </Grid.Col>
    </Grid>
  )
}
