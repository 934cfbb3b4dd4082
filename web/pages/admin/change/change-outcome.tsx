import { useTexts } from '../../../react/gatebook-context.ts'
import { Alert, ProblemAlert } from '../../../react/ui/alert.tsx'
import { personTexts } from '../../../texts/admin/person.ts'
import type { AccountChange } from './use-account-change.ts'

export function ChangeOutcome({ change: { done, problem } }: { readonly change: Pick<AccountChange, 'done' | 'problem'> }) {
  return (
    <>
      <ChangeProblem problem={problem} />
      {done !== null && <Alert tone="success">{done}</Alert>}
    </>
  )
}

export function ChangeProblem({ problem }: Pick<AccountChange, 'problem'>) {
  const texts = useTexts(personTexts)
  if (problem?.code === 'LAST_ADMINISTRATOR') return <Alert tone="danger">{texts.danger.lastAdministrator}</Alert>
  return <ProblemAlert problem={problem} />
}
