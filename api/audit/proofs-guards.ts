import type { Guards } from '../guards/guards.ts'
import type { Guard } from '../http/route.ts'
import { firstRefusal } from '../http/run-checks.ts'

export type ProofsAccess = {
  readonly passiveGuards: Pick<Guards, 'admin'>
  /** Undefined where only administrators may read the proofs. */
  readonly isProofsToken: ((presented: string) => boolean) | undefined
}

/** A tool has no session: it presents a token that is for proofs alone. */
export function proofsGuards({ passiveGuards: { admin }, isProofsToken }: ProofsAccess): readonly Guard[] {
  if (isProofsToken === undefined) return admin
  const guard: Guard = (request) => {
    const presented = /^Bearer ([\x21-\x7e]{16,256})$/i.exec(request.headers.authorization ?? '')?.[1]
    return presented !== undefined && isProofsToken(presented) ? undefined : firstRefusal(admin, request)
  }
  return [Object.assign(guard, { problems: admin.flatMap(({ problems = [] }) => problems) })]
}
