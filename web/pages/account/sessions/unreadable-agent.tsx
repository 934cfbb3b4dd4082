import type { ListedSession } from './listed-session.ts'

/** What a program says of itself, if that names no browser. */
export function UnreadableAgent({ of: { userAgent, device } }: { readonly of: Pick<ListedSession, 'userAgent' | 'device'> }) {
  if (userAgent === null || userAgent === '' || device.browser !== null) return null
  return (
    <p className="agent">
      <bdi>{userAgent}</bdi>
    </p>
  )
}
