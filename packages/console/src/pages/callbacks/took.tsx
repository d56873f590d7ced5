import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { attemptTexts } from './attempt-texts.js'

export function Took({ milliseconds }: { readonly milliseconds: number | null }) {
  const t = useTexts(attemptTexts)
  const format = useFormat()
  return <span>{milliseconds === null ? '–' : t.milliseconds(format.number(Math.round(milliseconds)))}</span>
}
