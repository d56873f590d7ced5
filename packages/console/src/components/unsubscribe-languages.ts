import type { UnsubscribeLanguage } from '@mailwright/core'

/** The languages of the visible unsubscribe link (TRG-4), each by its own name. */
export const UNSUBSCRIBE_LANGUAGES: Readonly<Record<UnsubscribeLanguage, string>> = {
  english: 'English',
  'simplified-chinese': '简体中文',
  'traditional-chinese': '繁體中文',
  spanish: 'Español',
  french: 'Français',
  german: 'Deutsch',
  japanese: '日本語',
  korean: '한국어',
  arabic: 'العربية',
  thai: 'ไทย',
  indonesian: 'Bahasa Indonesia',
  vietnamese: 'Tiếng Việt',
}
