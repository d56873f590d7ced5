import { useMemo } from 'react'
import { useLanguage } from './language.js'

/** Numbers and times as the language writes them, in the time zone of the browser. */
export function useFormat() {
  const { language } = useLanguage()
  return useMemo(() => {
    const locale = language === 'zh' ? 'zh-CN' : 'en'
    const number = new Intl.NumberFormat(locale)
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
    const bytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 })
    const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
    const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
    const date = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' })
    const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
    return {
      number: (value: number) => number.format(value),
      percent: (value: number) => percent.format(value),
      kilobytes: (count: number) => bytes.format(count / 1024),
      time: (instant: number) => time.format(instant),
      minute: (instant: number) => minute.format(instant),
      date: (instant: number) => date.format(instant),
      clock: (instant: number) => clock.format(instant),
      day: (instant: number) => day.format(instant),
    }
  }, [language])
}
