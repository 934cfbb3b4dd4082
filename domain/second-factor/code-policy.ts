/** NIST SP 800-63B, 5.2.2: then only a recovery code is checked. */
export const mostFailuresInARow = 100

/** So many locks of code entry void the challenges that were open before them. */
const mostLocksOfAChallenge = 3

export function isGuessing(locksBefore: number, locksNow: number) {
  return locksNow - locksBefore >= mostLocksOfAChallenge
}
