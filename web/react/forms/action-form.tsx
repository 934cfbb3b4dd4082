import type { FormEvent, ReactNode } from 'react'
import type { Problem } from '../../client/result.ts'
import { Button } from '../ui/button.tsx'
import { FormProblem } from './form-problem.tsx'
import { useRefusal } from './use-refusal.ts'

type ActionFormProps = {
  readonly submitLabel: string
  readonly onSubmit: (fields: FormData) => void
  readonly isRunning: boolean
  readonly problem: Problem | null
  /** In place of the usual text of the problem. Null: a field says it. */
  readonly problemText?: string | null | undefined
  /** The name of the field that takes the focus after a refusal, unless another one is marked. */
  readonly field: string
  readonly children: ReactNode
  /** Below the button. */
  readonly after?: ReactNode
}

/** One call, the button for it, and what became of it. */
export function ActionForm({ submitLabel, onSubmit, isRunning, problem, problemText, field, children, after }: ActionFormProps) {
  const { form, wait, isWaiting } = useRefusal(problem, field)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isWaiting) onSubmit(new FormData(event.currentTarget))
  }
  return (
    <form className="gb-form" method="post" ref={form} onSubmit={submit}>
      {problemText !== null && <FormProblem problem={problem} wait={wait} text={problemText} />}
      {children}
      <Button type="submit" look="primary" className="gb-button-block" isBusy={isRunning} disabled={isWaiting}>
        {submitLabel}
      </Button>
      {after}
    </form>
  )
}
