import { useMemo } from 'react'
import { useFilters } from '../../app/route.js'
import { lastDays } from '../../components/range.js'
import { type Asked, BREAKDOWNS, PERIODS } from './question.js'

const DAYS = 7

/** The filters of a statistics page, kept in its address; at first the last seven days, day by day. */
export function useAsked(): readonly [Asked, (changed: Partial<Asked>) => void] {
  const [filters, change] = useFilters(
    'from',
    'to',
    'period',
    'breakdown',
    'domain',
    'recipientDomain',
    'template',
    'task',
  )
  const { from, to, period, breakdown, domain, recipientDomain, template, task } = filters
  const asked = useMemo((): Asked => {
    const usual = lastDays(DAYS)
    const by = BREAKDOWNS.find((one) => one === breakdown) ?? ''
    return {
      from: from || usual.from,
      to: to || usual.to,
      // Of the whole range, broken down by nothing, there would be no row.
      period: period === 'whole' && by !== '' ? '' : (PERIODS.find((one) => one === period) ?? 'day'),
      breakdown: by,
      domain,
      recipientDomain,
      template,
      task,
    }
  }, [from, to, period, breakdown, domain, recipientDomain, template, task])
  const changed = ({ period: next, ...rest }: Partial<Asked>) =>
    change({ ...rest, ...(next === undefined ? {} : { period: next === '' ? 'whole' : next }) })
  return [asked, changed]
}
