import { useMemo } from 'react'
import { useLanguage } from '../../language/language.js'

/** Writes instants as a clock in that zone shows them. */
export function useZoneFormat(timeZone: string): (instant: number) => string {
  const { language } = useLanguage()
  return useMemo(() => {
    const locale = language === 'zh' ? 'zh-CN' : 'en'
    const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone })
    return (instant) => format.format(instant)
  }, [language, timeZone])
}
