import { useTexts } from '../language/language.js'
import { useFormat } from '../language/use-format.js'
import { componentTexts } from './texts.js'

/** An instant in the time zone of the browser; its title is UTC. */
export function When({ at }: { readonly at: number | null | undefined }) {
  const t = useTexts(componentTexts)
  const format = useFormat()
  if (at === null || at === undefined) return <span>{t.never}</span>
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} title={iso}>
      {format.minute(at)}
    </time>
  )
}
