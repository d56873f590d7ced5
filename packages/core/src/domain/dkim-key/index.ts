export { compareDkim, type DkimAlgorithm, type DkimFault, type DkimKey, dkimTxtValue } from './dkim-key.js'
export { parseTagList } from './tag-list.js'
