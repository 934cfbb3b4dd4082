import type { AnswerOf } from '../../client/result.ts'
import { useGatebook } from '../../react/gatebook-context.ts'
import { useCall } from '../loading/use-call.ts'

export type SecondFactor = AnswerOf<'GET /totp'>

export function useSecondFactor() {
  const { call } = useGatebook()
  return useCall(['second-factor'], () => call('GET /totp'))
}
