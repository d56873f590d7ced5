import { useLocalStorage } from '@mantine/hooks'
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import { LANGUAGES, type Language } from './texts.js'

interface Chosen {
  readonly language: Language
  readonly choose: (language: Language) => void
}

const LanguageContext = createContext<Chosen | null>(null)

const preferred = (): Language => (navigator.languages.some((tag) => tag.startsWith('zh')) ? 'zh' : 'en')
const tags: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-Hans' }

/** Keeps the language in this browser; at first it is the browser's own. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [stored, choose] = useLocalStorage<Language>({
    key: 'mailwright.language',
    defaultValue: preferred(),
    getInitialValueInEffect: false,
  })
  const language = stored in LANGUAGES ? stored : 'en'
  useEffect(() => {
    document.documentElement.lang = tags[language]
  }, [language])
  const chosen = useMemo(() => ({ language, choose }), [language, choose])
  return <LanguageContext value={chosen}>{children}</LanguageContext>
}

export function useLanguage(): Chosen {
  const chosen = useContext(LanguageContext)
  if (chosen === null) throw new Error('useLanguage outside of LanguageProvider')
  return chosen
}

/** The texts in the language that is chosen. */
export function useTexts<T>(texts: Readonly<Record<Language, T>>): T {
  return texts[useLanguage().language]
}
