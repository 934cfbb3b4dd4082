import { useSession } from '../session/use-session.ts'

/** Tells a password manager whose password a form is about. People know it already. */
export function UsernameField() {
  const session = useSession()
  if (session.status !== 'authenticated' || session.email === null) return null
  return (
    <input
      className="gb-visually-hidden"
      type="email"
      name="username"
      autoComplete="username"
      value={session.email}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  )
}
