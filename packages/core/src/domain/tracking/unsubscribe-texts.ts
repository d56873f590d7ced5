/** A visible unsubscribe link in one of the guide's languages, by name (TRG-4). `lang` is a BCP 47 tag. */
interface UnsubscribeText {
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  /** What the link is for, and the words that are the link. */
  readonly sentence: string
  readonly link: string
}

const text = (lang: string, sentence: string, link: string, dir: 'ltr' | 'rtl' = 'ltr'): UnsubscribeText => ({
  lang,
  dir,
  sentence,
  link,
})

/** The languages the original service numbers 1 to 12, in an order that its documents contradict each other about; here they have names. */
export const unsubscribeTexts = {
  english: text('en', 'You no longer want these emails?', 'Unsubscribe'),
  'simplified-chinese': text('zh-Hans', '不想再收到此类邮件?', '退订'),
  'traditional-chinese': text('zh-Hant', '不想再收到此類郵件?', '取消訂閱'),
  spanish: text('es', '¿Ya no desea recibir estos correos?', 'Cancelar la suscripción'),
  french: text('fr', 'Vous ne souhaitez plus recevoir ces e-mails ?', 'Se désabonner'),
  german: text('de', 'Sie möchten diese E-Mails nicht mehr erhalten?', 'Abmelden'),
  japanese: text('ja', 'このメールの配信を希望されない場合', '配信停止'),
  korean: text('ko', '이 메일을 더 이상 받고 싶지 않으신가요?', '수신 거부'),
  arabic: text('ar', 'ألا ترغب في تلقي هذه الرسائل بعد الآن؟', 'إلغاء الاشتراك', 'rtl'),
  thai: text('th', 'ไม่ต้องการรับอีเมลเหล่านี้อีกต่อไปใช่ไหม', 'ยกเลิกการรับข่าวสาร'),
  indonesian: text('id', 'Tidak ingin menerima email ini lagi?', 'Berhenti berlangganan'),
  vietnamese: text('vi', 'Bạn không muốn nhận những email này nữa?', 'Hủy đăng ký'),
} as const satisfies Readonly<Record<string, UnsubscribeText>>

export type UnsubscribeLanguage = keyof typeof unsubscribeTexts

export const UNSUBSCRIBE_LANGUAGES = Object.keys(unsubscribeTexts) as [UnsubscribeLanguage, ...UnsubscribeLanguage[]]
