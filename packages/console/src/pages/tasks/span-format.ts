import type { CreateTaskInput } from '@mailwright/core'
import { useMemo } from 'react'
import { useLanguage } from '../../language/language.js'

type Every = NonNullable<Extract<CreateTaskInput, { readonly type: 'recurring' }>['every']>

const units = { hours: 'hour', days: 'day', weeks: 'week', months: 'month' } as const satisfies Readonly<
  Record<Every['unit'], string>
>

/** Writes `1 week`, `2 weeks`, as the language does. */
export function useSpanFormat(): (every: Every) => string {
  const { language } = useLanguage()
  return useMemo(() => {
    const locale = language === 'zh' ? 'zh-CN' : 'en'
    return ({ n, unit }) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit: units[unit], unitDisplay: 'long' }).format(n)
  }, [language])
}
