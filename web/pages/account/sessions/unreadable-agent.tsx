import { deviceName } from '../../parts/device-name.ts'

/** What a program says of itself, if that names no browser. */
export function UnreadableAgent({ userAgent }: { readonly userAgent: string | null }) {
  if (userAgent === null || userAgent === '' || deviceName(userAgent) !== null) return null
  return (
    <p className="agent">
      <bdi>{userAgent}</bdi>
    </p>
  )
}
