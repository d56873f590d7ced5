import type { TaskPlan } from '@mailwright/core'
import { Anchor, Button, Stack, Stepper, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useMay } from '../../../api/caller.js'
import { pageUrl, useRoute } from '../../../app/route.js'
import { useOperationForm } from '../../../components/form-dialog.js'
import { Page } from '../../../components/page.js'
import { ProblemAlert } from '../../../components/problem-alert.js'
import { useTexts } from '../../../language/language.js'
import { ownTimeZone } from './local-time.js'
import { Moves } from './moves.js'
import { StepCheck } from './step-check.js'
import { StepConfirm } from './step-confirm.js'
import { StepWhat } from './step-what.js'
import { StepWhen } from './step-when.js'
import { emptyDraft, planOf } from './task-draft.js'
import { newTaskTexts } from './texts.js'

/** Makes a task in four steps: what, when, what would happen, yes. */
export function NewTask() {
  const t = useTexts(newTaskTexts)
  const may = useMay('tasks.create')
  return (
    <Page title={t.title} intro={<Anchor href={pageUrl('tasks')}>{t.back}</Anchor>}>
      {may ? <Steps /> : <Text>{t.notYours}</Text>}
    </Page>
  )
}

function Steps() {
  const t = useTexts(newTaskTexts)
  const { query } = useRoute()
  const [step, setStep] = useState(0)
  const [plan, setPlan] = useState<TaskPlan | null>(null)
  const [initial] = useState(() =>
    emptyDraft(Date.now(), ownTimeZone(), { group: query.get('group'), template: query.get('template') }),
  )
  const { form, submit, error, pending } = useOperationForm('tasks.plan', initial, (draft) => [planOf(draft)])
  const steps = useRef<HTMLDivElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    // The button that was pressed is gone: whoever uses the keyboard goes on at the step's beginning.
    steps.current?.focus({ preventScroll: true })
    window.scrollTo({ top: 0 })
  }, [step])
  const check = () =>
    submit((answer) => {
      setPlan(answer)
      setStep(2)
    })
  const draft = form.values
  return (
    <Stepper ref={steps} tabIndex={-1} active={step} onStepClick={setStep} allowNextStepsSelect={false} size="sm">
      <Stepper.Step label={t.what} description={t.whatHint}>
        <StepWhat form={form} onNext={() => setStep(1)} />
      </Stepper.Step>
      <Stepper.Step label={t.when} description={t.whenHint}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void check()
          }}
        >
          <Stack className="panel">
            {error !== null && <ProblemAlert error={error} />}
            <StepWhen form={form} />
            <Moves back={() => setStep(0)}>
              <Button type="submit" loading={pending}>
                {t.check}
              </Button>
            </Moves>
          </Stack>
        </form>
      </Stepper.Step>
      <Stepper.Step label={t.checked} description={t.checkedHint}>
        <Stack>
          {plan !== null && <StepCheck draft={draft} plan={plan} />}
          <Moves back={() => setStep(1)}>
            <Button onClick={() => setStep(3)}>{t.next}</Button>
          </Moves>
        </Stack>
      </Stepper.Step>
      <Stepper.Step label={t.confirm} description={t.confirmHint}>
        <Stack className="panel">
          {plan !== null && <StepConfirm draft={draft} plan={plan} back={() => setStep(2)} />}
        </Stack>
      </Stepper.Step>
    </Stepper>
  )
}
