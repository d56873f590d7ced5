import { type Field, fieldOf } from './fields.js'
import type { NoticeMail } from './notice.js'

/** Headers that only automatic answers have (RFC 3834 §5 and what was used before it). '': any value. */
const headers: readonly { readonly name: string; readonly begins: string }[] = [
  { name: 'auto-submitted', begins: 'auto-replied' },
  { name: 'auto-submitted', begins: 'auto-notified' },
  { name: 'x-autoreply', begins: '' },
  { name: 'x-autorespond', begins: '' },
  { name: 'x-autoresponder', begins: '' },
  { name: 'x-auto-reply-from', begins: '' },
  { name: 'x-vacation', begins: '' },
  { name: 'x-mail-autoreply', begins: '' },
  { name: 'x-ms-exchange-inbox-rules-loop', begins: '' },
  { name: 'precedence', begins: 'auto_reply' },
  { name: 'precedence', begins: 'auto-reply' },
  { name: 'x-precedence', begins: 'auto_reply' },
  { name: 'x-boxbe-answer', begins: '' },
  { name: 'x-spamarrest', begins: '' },
  { name: 'x-tmda-fingerprint', begins: '' },
]

/** Answers of people who are away, of programs that want to know whether we are people, and receipts. Lower case, anywhere in the subject. */
const subjects: readonly string[] = [
  'out of office',
  'out of the office',
  'out-of-office',
  'automatic reply',
  'automatic response',
  'auto reply',
  'auto-reply',
  'autoreply',
  'auto response',
  'auto-response',
  'autoresponse',
  'auto:',
  'vacation',
  'on holiday',
  'annual leave',
  'maternity leave',
  'away from my',
  'abwesenheit',
  'abwesend',
  'automatische antwort',
  'nicht im büro',
  'nicht im haus',
  'urlaub',
  'absence du bureau',
  'réponse automatique',
  'reponse automatique',
  'absent du bureau',
  'en congé',
  'respuesta automática',
  'respuesta automatica',
  'fuera de la oficina',
  'fuera de oficina',
  'risposta automatica',
  'fuori ufficio',
  'assenza',
  'resposta automática',
  'fora do escritório',
  'ausência',
  'automatisch antwoord',
  'afwezig',
  'niet aanwezig',
  'autosvar',
  'automatiskt svar',
  'frånvaro',
  'fraværende',
  'automaattinen vastaus',
  'poissaolo',
  'automatyczna odpowiedź',
  'autoodpowiedź',
  'nieobecno',
  'automatická odpověď',
  'automatikus válasz',
  'otomatik yanıt',
  'автоответ',
  'автоматический ответ',
  'в отпуске',
  'отсутстви',
  '自动回复',
  '自動回覆',
  '自动答复',
  '外出',
  '休假',
  '自動返信',
  '自動応答',
  '不在',
  '자동 회신',
  '자동회신',
  '부재중',
  'please confirm',
  'confirm your email',
  'confirmation required',
  'verification required',
  'sender verification',
  'please verify',
  'your email requires verification',
  'message waitlist',
  'waitlist notification',
  'read:',
  'gelesen:',
  'lu :',
  'read receipt',
  'return receipt',
  'lesebestätigung',
  'ticket',
  'thank you for contacting',
  'thank you for your email',
  'we have received your',
  'i am away',
  "i'm away",
  'ich bin ab',
]

const receiptTypes: ReadonlySet<string> = new Set([
  'message/disposition-notification',
  'message/global-disposition-notification',
])

/** By its headers and parts: certain. */
export function isCertainlyAuto({ headers: given, parts }: Pick<NoticeMail, 'headers' | 'parts'>): string | null {
  if (parts.some(({ type }) => receiptTypes.has(type))) return 'receipt'
  const type = fieldOf(given, 'content-type')?.toLowerCase() ?? ''
  if (type.includes('disposition-notification')) return 'receipt'
  return headers.find((one) => has(given, one))?.name ?? null
}

const has = (given: readonly Field[], { name, begins }: { readonly name: string; readonly begins: string }): boolean =>
  fieldOf(given, name)?.trim().toLowerCase().startsWith(begins) ?? false

/** By its subject: likely. */
export const looksAuto = (subject: string): boolean => {
  const lower = subject.slice(0, 1_000).toLowerCase()
  return subjects.some((words) => lower.includes(words))
}
