import { useCallback } from 'react'
import type { Problem } from '../../client/result.ts'
import { useGatebook } from '../gatebook-context.ts'

const noCode = '?'

/**
 * A wrong code and a void challenge have one answer. What is no code at all is not counted, and is refused differently once the challenge
 * is found to be open: that tells whether answering again can succeed.
 */
export function useVoidChallenge(path: 'POST /login/otp' | 'POST /login/enroll/confirm', challenge: string, onVoid: () => void) {
  const { call } = useGatebook()
  return useCallback(
    async ({ code }: Pick<Problem, 'code'>) => {
      if (code !== 'SECOND_FACTOR_FAILED') return
      const probe = await call(path, { body: { challenge, code: noCode } })
      if (!probe.ok && probe.problem.code === 'SECOND_FACTOR_FAILED') onVoid()
    },
    [call, path, challenge, onVoid],
  )
}
