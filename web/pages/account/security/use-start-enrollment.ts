import { useCallback } from 'react'
import { useGatebook } from '../../../react/gatebook-context.ts'

export function useStartEnrollment(replaces: boolean) {
  const { call } = useGatebook()
  return useCallback(() => call('POST /totp/enroll', { body: { replace: replaces } }), [call, replaces])
}
