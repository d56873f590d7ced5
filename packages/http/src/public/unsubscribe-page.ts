import { UNSUBSCRIBE_LANGUAGES, type UnsubscribeLanguage } from '@mailwright/core'
import { status } from '../status.js'
import { escaped, htmlPage } from './page.js'
import { PAGE_STYLE } from './page-style.js'
import { pageTexts } from './unsubscribe-texts.js'

/** What the page's form says: the name of its button, and what it stands for. */
export const BUTTON = 'do'
export type Wish = 'unsubscribe' | 'subscribe'

const ALLOW = "style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"

const linkTo = (language: UnsubscribeLanguage, current: UnsubscribeLanguage): string => {
  const { lang, dir, name } = pageTexts[language]
  const mark = language === current ? ' aria-current="true"' : ''
  return `<a href="?lang=${lang}" lang="${lang}" dir="${dir}"${mark}>${name}</a>`
}

/** Without scripts and without anything from elsewhere: it works wherever a link can be opened. */
function page(language: UnsubscribeLanguage, title: string, content: string, code: number): Response {
  const { lang, dir, language: label } = pageTexts[language]
  const links = UNSUBSCRIBE_LANGUAGES.map((one) => linkTo(one, language)).join(' ')
  const html = `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${PAGE_STYLE}</style></head>
<body><main><h1>${title}</h1>${content}</main><nav aria-label="${label}">${links}</nav></body>
</html>
`
  return htmlPage(html, {
    status: code,
    allow: ALLOW,
    headers: { 'content-language': lang, vary: 'accept-language' },
  })
}

/** The domain keeps its own direction within a text that runs the other way. */
const about = (text: string, sender: string): string => text.replace('{sender}', () => `<bdi>${escaped(sender)}</bdi>`)

/** A form without an action posts to the address of the page. */
const button = (wish: Wish, text: string): string =>
  `<form method="post"><button name="${BUTTON}" value="${wish}">${text}</button></form>`

export interface Shown {
  readonly language: UnsubscribeLanguage
  readonly senderDomain: string
}

export function askPage({ language, senderDomain }: Shown): Response {
  const { unsubscribe, question } = pageTexts[language]
  const content = `<p>${about(question, senderDomain)}</p>${button('unsubscribe', unsubscribe)}`
  return page(language, unsubscribe, content, status.ok)
}

export const donePage = (shown: Shown): Response => unsubscribed(shown, pageTexts[shown.language].done)
export const alreadyPage = (shown: Shown): Response => unsubscribed(shown, pageTexts[shown.language].already)

function unsubscribed({ language, senderDomain }: Shown, title: string): Response {
  const { doneMeans, mistake, again } = pageTexts[language]
  const content = `<p role="status">${about(doneMeans, senderDomain)}</p><p>${mistake}</p>${button('subscribe', again)}`
  return page(language, title, content, status.ok)
}

export function undonePage({ language, senderDomain }: Shown): Response {
  const { undone, undoneMeans, unsubscribe } = pageTexts[language]
  const content = `<p role="status">${about(undoneMeans, senderDomain)}</p>${button('unsubscribe', unsubscribe)}`
  return page(language, undone, content, status.ok)
}

/** For a token that is forged, changed or too old; also of a link (TRK-1). */
export function brokenPage(language: UnsubscribeLanguage): Response {
  const { broken, brokenMeans } = pageTexts[language]
  return page(language, broken, `<p>${brokenMeans}</p>`, status.notFound)
}

export function laterPage(language: UnsubscribeLanguage): Response {
  const { later, laterMeans } = pageTexts[language]
  return page(language, later, `<p>${laterMeans}</p>`, status.unavailable)
}
