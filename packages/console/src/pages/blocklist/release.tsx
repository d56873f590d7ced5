import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { daysLeft } from './moments.js'
import { blocklistTexts } from './texts.js'

/** When an address is released by itself, and in how many days. */
export function Release({ at }: { readonly at: number | null }) {
  const t = useTexts(blocklistTexts)
  const format = useFormat()
  if (at === null) return <span>{t.noRelease}</span>
  const now = Date.now()
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} title={iso}>
      {at <= now ? t.ended(format.minute(at)) : t.releaseAt(format.day(at), format.number(daysLeft(at, now)))}
    </time>
  )
}
