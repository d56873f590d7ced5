/** Sets of scripts that one language is written in together (UTS 39 §5.1), then the other scripts one by one. */
const combinations: readonly RegExp[] = [
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]+$/u,
  /^[\p{scx=Han}\p{scx=Hangul}]+$/u,
  /^[\p{scx=Han}\p{scx=Bopomofo}]+$/u,
  ...[
    'Latin',
    'Cyrillic',
    'Greek',
    'Arabic',
    'Hebrew',
    'Armenian',
    'Georgian',
    'Devanagari',
    'Bengali',
    'Gurmukhi',
    'Gujarati',
    'Oriya',
    'Tamil',
    'Telugu',
    'Kannada',
    'Malayalam',
    'Sinhala',
    'Thai',
    'Lao',
    'Tibetan',
    'Myanmar',
    'Khmer',
    'Ethiopic',
    'Mongolian',
  ].map((script) => new RegExp(`^[\\p{scx=${script}}]+$`, 'u')),
]

/** Cyrillic and Greek letters that look like Latin ones; a label of nothing else can be read as a Latin name. */
const latinLookalikes = /^[асԁеһіјӏорԛѕԝхуъьпгѵѡαικνορυτωγχ]+$/u

/** Cyrillic letters that stand in for Latin ones if their neighbours help; each alone is at home in some language, or was once. */
const cyrillicHelp = /^[асԁеһіјӏорԛѕԝхуъьпгѵѡвикмнт]+$/u
const cyrillicTraps = /[ԁԛԝӏһѕѡѵ]/u

/**
 * Latin letters that stand for other Latin letters in forged names, though they are of the same script: click, hooked and phonetic ones. Marks above and
 * below are no trap, since Vietnamese and others need them; nor are ɔ, ə, ɛ and ɣ.
 */
const latinTraps = /[ıȷƀ-ƍƒƙ-ƛƞƥƫ-ƭƴƶ-ǃɐ-ɓɕ-ɘɚɜ-ɢɤ-ʯᴀ-ᴢꜱꝑ]/u

/**
 * True if a U-label may be shown as it is: letters of one script, and not a name that reads as a Latin one (T20).
 * Digits and the hyphen belong to every script.
 */
export function isShowable(label: string): boolean {
  const letters = label.replace(/[\d-]/g, '')
  if (letters === '') return true
  if (latinLookalikes.test(letters) || latinTraps.test(letters)) return false
  if (cyrillicHelp.test(letters) && cyrillicTraps.test(letters)) return false
  return combinations.some((combination) => combination.test(letters))
}
