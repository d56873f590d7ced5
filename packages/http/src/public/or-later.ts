import type { PublicCall } from '../route.js'
import { pageLanguage } from './page-language.js'
import { laterPage } from './unsubscribe-page.js'

/** People who follow a link get a page also when the service cannot serve them; a program sees by its status that it may come again. */
export async function orLater(call: PublicCall, handle: (call: PublicCall) => Promise<Response>): Promise<Response> {
  try {
    return await handle(call)
  } catch (error) {
    call.onError(error)
    return laterPage(pageLanguage(call.request))
  }
}
