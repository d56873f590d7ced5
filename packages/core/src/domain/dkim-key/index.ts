export { compareDkim, type DkimAlgorithm, type DkimFault, type DkimKey, dkimTxtValue } from './dkim-key.js'
export {
  beginRotation,
  cancelRotation,
  type DkimKeyState,
  type KeyStanding,
  keysAfterLook,
  nextKeyChangeAt,
  publishedKeys,
  signingKeys,
  waitsForDns,
} from './rotation.js'
export { parseTagList } from './tag-list.js'
