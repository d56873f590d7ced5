type Text = string | ((...values: never[]) => string)
type Texts = Readonly<Record<string, Text>>
type Widened<T extends Texts> = {
  readonly [K in keyof T]: T[K] extends (...values: infer V) => string ? (...values: V) => string : string
}

export const LANGUAGES = { en: 'English', zh: '简体中文' } as const
export type Language = keyof typeof LANGUAGES

export type TextsIn<T extends Texts> = Readonly<Record<Language, Widened<T>>>

/** The texts of a page in both languages; the compiler misses what only one of them has. */
export function texts<const T extends Texts>(en: T, zh: Widened<T>): TextsIn<T> {
  return { en: en as unknown as Widened<T>, zh }
}
