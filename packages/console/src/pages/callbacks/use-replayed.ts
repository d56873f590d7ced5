import type { AnswerOf } from '../../api/signatures.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { attemptTexts } from './attempt-texts.js'

/** Says what a replay has done. */
export function useReplayed(): (answer: AnswerOf<'callbacks.replay'>) => string {
  const t = useTexts(attemptTexts)
  const format = useFormat()
  return ({ replayed, left }) =>
    left === 0 ? t.replayed(format.number(replayed)) : t.replayedLeft(format.number(replayed), format.number(left))
}
