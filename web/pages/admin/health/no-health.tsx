import { useQuery } from '@tanstack/react-query'
import type { Problem } from '../../../client/result.ts'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert, ProblemAlert } from '../../../react/ui/alert.tsx'
import { operationsTexts } from '../../../texts/admin/operations.ts'

/** A node that cannot check the session cannot say more than anybody may know. */
export function NoHealth({ problem }: { readonly problem: Problem }) {
  const texts = useTexts(operationsTexts).health
  const { baseUrl } = useGatebook()
  const { data: reason = null } = useQuery({
    queryKey: ['ready'],
    queryFn: async (): Promise<string | null> => {
      const body = await (await fetch(`${baseUrl}/health/ready`, { cache: 'no-store' })).json()
      return typeof body.reason === 'string' ? body.reason : null
    },
    refetchInterval: 5_000,
  })
  return (
    <>
      <ProblemAlert problem={problem} />
      {reason !== null && <Alert tone="warning">{texts.reasons[reason] ?? reason}</Alert>}
    </>
  )
}
