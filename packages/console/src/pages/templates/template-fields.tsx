import { SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { type Ref, useState } from 'react'
import { useTexts } from '../../language/language.js'
import { editorTexts } from './editor-texts.js'
import { type Refusal, refusedAt } from './refusal.js'
import { SourceEditor, type SourceEditorHandle } from './source-editor.js'
import type { TemplateDraft } from './template-draft.js'
import { templateTexts } from './texts.js'
import { UploadSource } from './upload-source.js'

interface Props {
  readonly form: UseFormReturnType<TemplateDraft>
  readonly refusal: Refusal | null
  /** A template keeps its type. */
  readonly isNew: boolean
  readonly readOnly: boolean
  readonly bodyRef: Ref<SourceEditorHandle>
  readonly textRef: Ref<SourceEditorHandle>
  readonly subjectRef: Ref<HTMLInputElement>
}

export function TemplateFields({ form, refusal, isNew, readOnly, bodyRef, textRef, subjectRef }: Props) {
  const t = useTexts(templateTexts)
  const e = useTexts(editorTexts)
  const { type, body } = form.values
  return (
    <>
      <TextInput label={t.name} description={e.nameHint} required readOnly={readOnly} {...form.getInputProps('name')} />
      {isNew && (
        <Stack gap={4}>
          <Text size="sm" fw={500} id="template-type">
            {t.type}
          </Text>
          <SegmentedControl
            aria-labelledby="template-type"
            data={(['html', 'text'] as const).map((value) => ({ value, label: t[value] }))}
            {...form.getInputProps('type')}
            style={{ alignSelf: 'start' }}
          />
          <Text size="xs" c="dimmed">
            {e.typeHint}
          </Text>
        </Stack>
      )}
      <TextInput
        ref={subjectRef}
        label={t.subject}
        description={e.subjectHint}
        readOnly={readOnly}
        {...form.getInputProps('subject')}
        {...(refusal?.field === 'subject' ? { error: true } : {})}
      />
      {!readOnly && <UploadSource form={form} isNew={isNew} />}
      <SourceEditor
        ref={bodyRef}
        label={type === 'html' ? e.body : e.bodyText}
        value={body}
        onChange={(source) => form.setFieldValue('body', source)}
        error={form.errors.body ?? form.errors.html}
        refusedAt={refusedAt(refusal, type, body)}
        readOnly={readOnly}
        required
      />
      {type === 'html' && <TextPart form={form} refusal={refusal} readOnly={readOnly} textRef={textRef} />}
    </>
  )
}

function TextPart({ form, refusal, readOnly, textRef }: Pick<Props, 'form' | 'refusal' | 'readOnly' | 'textRef'>) {
  const e = useTexts(editorTexts)
  const { text } = form.values
  const [opened, setOpened] = useState(false)
  const own = opened || text !== ''
  const change = (checked: boolean) => {
    setOpened(checked)
    if (!checked) form.setFieldValue('text', '')
  }
  return (
    <>
      <Switch
        label={e.ownText}
        description={e.textPartHint}
        checked={own}
        disabled={readOnly}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
      {own && (
        <SourceEditor
          ref={textRef}
          label={e.textPart}
          value={text}
          onChange={(source) => form.setFieldValue('text', source)}
          error={form.errors.text}
          refusedAt={refusedAt(refusal, 'text', text)}
          readOnly={readOnly}
          height="12rem"
        />
      )}
    </>
  )
}
