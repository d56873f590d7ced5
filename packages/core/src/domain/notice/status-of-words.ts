import { plainWords } from './plain-words.js'
import { type ReportWords, reportWords } from './words-of-reports.js'

/** In the order of `reportWords`, whichever list a phrase stands in. */
const words: readonly ReportWords[] = reportWords.map(({ status, says }) => ({
  status,
  says: [...says, ...(plainWords.get(status) ?? [])],
}))

/** Words are the reader's only guide where nothing else is said: linear in the text, which is cut before. */
export function statusOfWords(text: string): string | null {
  const lower = text.toLowerCase().replace(/\s+/g, ' ')
  return words.find(({ says }) => says.some((phrase) => lower.includes(phrase)))?.status ?? null
}
