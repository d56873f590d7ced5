import { useMemo } from 'react'
import { useCall } from '../api/use-call.js'

const MOST = 1_000

export interface Names {
  template(id: string): string
  task(id: string): string
}

/** The end of an id, where ids of one time differ. */
export const shortId = (id: string): string => `…${id.slice(-8)}`

/** What the newest templates and tasks are called; of others the end of the id. Asked once for all rows. */
export function useNames(): Names {
  const templates = useCall('templates.list', [{ limit: MOST }]).data?.items
  const tasks = useCall('tasks.list', [{ limit: MOST }]).data?.items
  return useMemo(() => {
    const ofTemplates = new Map(templates?.map(({ id, name }) => [id, name]))
    const ofTasks = new Map(tasks?.map(({ id, name }) => [id, name]))
    return {
      template: (id) => ofTemplates.get(id) ?? shortId(id),
      task: (id) => ofTasks.get(id) ?? shortId(id),
    }
  }, [templates, tasks])
}
