import { useLanguage } from '../../language/language.js'
import { moneyIn } from './money.js'

/** Writes amounts in the operator's currency. */
export function useMoney(currency: string | null): (minorUnits: number) => string {
  const { language } = useLanguage()
  return (minorUnits) => moneyIn(language === 'zh' ? 'zh-CN' : 'en', minorUnits, currency)
}
