import { ProblemAlert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import type { OnFactorChange } from './factor-change.ts'
import { useStartEnrollment } from './use-start-enrollment.ts'

type StartEnrollmentProps = { readonly label: string; readonly replaces: boolean; readonly onChange: OnFactorChange }

/** Whoever does not prove it stays where they are. */
export function StartEnrollment({ label, replaces, onChange }: StartEnrollmentProps) {
  const start = useStartEnrollment(replaces)
  const { run, isRunning, problem } = useAction(start, (started) => onChange({ step: 'enroll', started, replaces }))
  return (
    <>
      <ProblemAlert problem={problem} />
      <Button look={replaces ? 'secondary' : 'primary'} isBusy={isRunning} onClick={() => void run(undefined)}>
        {label}
      </Button>
    </>
  )
}
