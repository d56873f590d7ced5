import { Button, Group, Modal, Stack } from '@mantine/core'
import { type FormErrors, type UseFormReturnType, useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import { useMay } from '../api/caller.js'
import type { Operation } from '../api/operations.js'
import { asProblem, type Problem } from '../api/problem.js'
import type { AnswerOf, ArgumentsOf } from '../api/signatures.js'
import { useAction } from '../api/use-call.js'
import { useTexts } from '../language/language.js'
import { ProblemAlert } from './problem-alert.js'
import { componentTexts } from './texts.js'

/** Puts a refusal into words of its own, by field; null: it is said as it came. */
export type Explain<Values> = (problem: Problem, values: Values) => FormErrors | null

/** A form whose fields carry the names that the API complains of; what belongs to no field stands above it. */
export function useOperationForm<O extends Operation, Values extends object>(
  operation: O,
  initialValues: Values,
  argumentsOf: (values: Values) => [...ArgumentsOf<O>],
  explain?: Explain<Values>,
) {
  const form = useForm<Values>({ initialValues })
  const action = useAction(operation)
  const [error, setError] = useState<unknown>(null)
  const submit = async (onDone: (answer: AnswerOf<O>) => void) => {
    setError(null)
    form.clearErrors()
    try {
      onDone(await action.mutateAsync(argumentsOf(form.values)))
    } catch (thrown) {
      const fields = explain?.(asProblem(thrown), form.values) ?? errorsOf(thrown, form.values)
      form.setErrors(fields)
      if (Object.keys(fields).length === 0) setError(thrown)
    }
  }
  return { form, submit, error, pending: action.isPending, clear: () => setError(null) }
}

/** What the API says of fields that the form has; of others it is said above the form. */
function errorsOf(thrown: unknown, values: object): FormErrors {
  const named = asProblem(thrown).fields.map(({ field, expected }) => [field.split('.')[0] ?? '', expected] as const)
  return named.every(([field]) => field in values) ? Object.fromEntries(named) : {}
}

interface Props<O extends Operation, Values extends object> {
  readonly operation: O
  readonly initialValues: Values
  readonly argumentsOf: (values: Values) => [...ArgumentsOf<O>]
  /** Of the button that opens it. */
  readonly label: ReactNode
  readonly title: string
  readonly submitLabel?: string
  readonly primary?: boolean
  readonly done: string | ((answer: AnswerOf<O>) => string)
  readonly onDone?: (answer: AnswerOf<O>) => void
  readonly explain?: Explain<Values>
  readonly children: (form: UseFormReturnType<Values>) => ReactNode
}

/** A button that opens a form in a dialog, if the role allows the operation. */
export function FormDialog<O extends Operation, Values extends object>(props: Props<O, Values>) {
  const { operation, initialValues, argumentsOf, label, title, submitLabel, primary, done, onDone, explain, children } =
    props
  const t = useTexts(componentTexts)
  const may = useMay(operation)
  const [opened, dialog] = useDisclosure()
  const { form, submit, error, pending, clear } = useOperationForm(operation, initialValues, argumentsOf, explain)
  if (!may) return null
  const open = () => {
    form.setValues(initialValues)
    form.clearErrors()
    clear()
    dialog.open()
  }
  const finish = (answer: AnswerOf<O>) => {
    dialog.close()
    notifications.show({ color: 'green', message: typeof done === 'function' ? done(answer) : done })
    onDone?.(answer)
  }
  return (
    <>
      <Button variant={primary ? 'filled' : 'default'} size={primary ? 'sm' : 'xs'} onClick={open}>
        {label}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={title} closeButtonProps={{ 'aria-label': t.close }}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void submit(finish)
          }}
        >
          <Stack>
            {error !== null && <ProblemAlert error={error} />}
            {children(form)}
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                {t.cancel}
              </Button>
              <Button type="submit" loading={pending}>
                {submitLabel ?? t.save}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
