import { Input } from '@mantine/core'
import { memo, type ReactNode, type Ref, useDeferredValue, useId, useImperativeHandle, useRef } from 'react'
import './source-editor.css'
import { piecesOf } from './source-marks.js'

/** Characters. Longer sources, which Gmail would cut anyway, are edited without marks, so that each key is still answered at once. */
const MARKED_MAX = 100_000

export interface SourceEditorHandle {
  /** Puts the cursor where the refused thing begins, and brings it into view. */
  readonly showRefused: () => void
}

interface Props {
  readonly label: string
  readonly description?: ReactNode
  readonly error?: ReactNode
  readonly value: string
  readonly onChange: (value: string) => void
  /** Where in the source the API refuses something. */
  readonly refusedAt: number | null
  readonly readOnly?: boolean
  readonly required?: boolean
  readonly height?: string
  readonly ref?: Ref<SourceEditorHandle>
}

/** A plain text area; the layer behind it marks the variables and is nothing to a screen reader. */
export function SourceEditor(props: Props) {
  const { label, description, error, value, onChange, refusedAt, readOnly = false, required = false, height } = props
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const layer = useRef<HTMLPreElement>(null)
  const marked = useDeferredValue(value)
  useImperativeHandle(props.ref, () => ({
    showRefused() {
      const place = layer.current?.querySelector<HTMLElement>('[data-kind="refused"]')
      if (area.current === null || refusedAt === null) return
      area.current.focus()
      area.current.setSelectionRange(refusedAt, refusedAt + (place?.textContent?.length ?? 0))
      if (place) area.current.scrollTop = place.offsetTop - area.current.clientHeight / 3
    },
  }))
  const scroll = () => {
    if (layer.current !== null && area.current !== null) layer.current.scrollTop = area.current.scrollTop
  }
  const described = [description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <Input.Wrapper
      id={id}
      label={label}
      description={description}
      error={error}
      required={required}
      descriptionProps={{ id: `${id}-description` }}
      errorProps={{ id: `${id}-error` }}
    >
      <div className="source-editor" style={{ height }}>
        <pre aria-hidden="true" ref={layer}>
          {marked.length <= MARKED_MAX && <Marks source={marked} refusedAt={refusedAt} />}
          {'\n'}
        </pre>
        <textarea
          id={id}
          ref={area}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          onScroll={scroll}
          readOnly={readOnly}
          required={required}
          aria-invalid={error ? true : undefined}
          aria-describedby={described === '' ? undefined : described}
          spellCheck={false}
          autoComplete="off"
        />
      </div>
    </Input.Wrapper>
  )
}

const Marks = memo(function Marks({
  source,
  refusedAt,
}: {
  readonly source: string
  readonly refusedAt: number | null
}) {
  return piecesOf(source, refusedAt).map(({ from, text, kind }) =>
    kind === null ? (
      text
    ) : (
      <mark key={from} data-kind={kind}>
        {text}
      </mark>
    ),
  )
})
