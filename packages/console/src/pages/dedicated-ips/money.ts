/**
 * An amount in minor units as the language writes it: 3000 EUR is €30.00, 3000 JPY is ¥3,000. Without a currency, or with one that nobody knows, the
 * bare minor units: to guess decimals would be to guess the amount.
 */
export function moneyIn(locale: string, minorUnits: number, currency: string | null): string {
  const format = currency === null ? null : currencyFormat(locale, currency)
  if (format === null)
    return `${new Intl.NumberFormat(locale).format(minorUnits)}${currency === null ? '' : ` ${currency}`}`
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0
  return format.format(minorUnits / 10 ** digits)
}

function currencyFormat(locale: string, currency: string): Intl.NumberFormat | null {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency })
  } catch {
    return null
  }
}
