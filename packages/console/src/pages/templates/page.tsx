import { useRoute } from '../../app/route.js'
import { CreateTemplate } from './create-template.js'
import { TemplateDetail } from './template-detail.js'
import { TemplateList } from './template-list.js'

export function TemplatesPage() {
  const [, template] = useRoute().path
  if (template === undefined) return <TemplateList />
  return template === 'new' ? <CreateTemplate /> : <TemplateDetail nameOrId={template} />
}
