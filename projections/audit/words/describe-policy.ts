import type { RecordedPolicy } from '../../../domain/policy/events.ts'

const seconds = (milliseconds: number) => `${milliseconds / 1000} s`

export function describePolicy({ login, codes, session }: RecordedPolicy): string {
  return [
    `Policy in force: a lock after ${login.maxAttempts} wrong passwords, ${seconds(login.lockout)} to ${seconds(login.lockoutMax)}`,
    `after ${codes.maxAttempts} wrong codes, ${seconds(codes.lockout)} to ${seconds(codes.lockoutMax)}`,
    `sessions of ${seconds(session.idle)} idle and ${seconds(session.absolute)} in all`,
  ].join('; ')
}
