import { packageBuild } from '../../tsup.base.js'
import { adapterFolders } from './adapter-folders.js'

export default packageBuild(
  Object.fromEntries(adapterFolders().map((folder) => [`${folder}/index`, `src/${folder}/index.ts`])),
)
