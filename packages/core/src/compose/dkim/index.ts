export { type DkimSigner, signMail } from './sign-mail.js'
