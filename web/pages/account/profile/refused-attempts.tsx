import { Link } from 'wouter'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { accountTexts } from '../../../texts/account.ts'
import { useCall } from '../../loading/use-call.ts'
import { TimeText } from '../../parts/time-text.tsx'

/** Nothing while there were none. */
export function RefusedAttempts({ sessionId }: { readonly sessionId: string }) {
  const { refused } = useTexts(accountTexts)
  const { call } = useGatebook()
  const { value } = useCall(['refused-attempts', sessionId], () => call('GET /session/refused-attempts'))
  if (value === undefined || (value.count === 0 && !value.isMore)) return null
  return (
    <Alert tone="warning">
      <p>
        {refused.count(value.count, value.isMore)}
        {value.since !== null && (
          <>
            {' '}
            (<TimeText time={value.since} />)
          </>
        )}
      </p>
      <p>
        {refused.hint} <Link href="/account/history">{refused.history}</Link>
      </p>
    </Alert>
  )
}
