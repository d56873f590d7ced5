import { useRoute } from '../../app/route.js'
import { NewTask } from './new-task/new-task.js'
import { TaskDetail } from './task-detail.js'
import { TaskList } from './task-list.js'

/** `#/tasks` lists them, `#/tasks/new` makes one, `#/tasks/ID` shows one. */
export function TasksPage() {
  const [, id] = useRoute().path
  if (id === undefined) return <TaskList />
  return id === 'new' ? <NewTask /> : <TaskDetail key={id} id={id} />
}
