export { createSender } from './create-sender.js'
export { deleteSender, senderByAddressOrId } from './delete-sender.js'
export { type CreateSenderInput, createSenderSchema, type ListSendersInput, listSendersSchema } from './sender-input.js'
export { type SenderView, senderView } from './sender-view.js'
