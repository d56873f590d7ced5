import { useRoute } from '../../app/route.js'
import { GroupDetail } from './group-detail.js'
import { GroupList } from './group-list.js'

/** `#/groups` lists them, `#/groups/NAME` shows one. */
export function GroupsPage() {
  const [, name] = useRoute().path
  return name === undefined ? <GroupList /> : <GroupDetail key={name} name={name} />
}
