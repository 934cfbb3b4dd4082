import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useGatebook, useTexts } from '../../react/gatebook-context.ts'
import { useSession } from '../../react/session/use-session.ts'
import { ProblemAlert } from '../../react/ui/alert.tsx'
import { Button } from '../../react/ui/button.tsx'
import { useAction } from '../../react/ui/use-action.ts'
import { shellTexts } from '../../texts/shell.ts'
import { Brand } from './brand.tsx'
import { LanguageSwitch } from './language-switch.tsx'

export type Section = {
  readonly path: string
  readonly label: string
  /** How the paths of further pages begin that belong to it. */
  readonly below?: string
}

/** The frame of whoever is logged in: the areas at the top, the sections of this area at the side. */
export function MemberLayout({
  label,
  sections,
  children,
}: {
  readonly label: string
  readonly sections: readonly Section[]
  readonly children: ReactNode
}) {
  const texts = useTexts(shellTexts)
  const { call } = useGatebook()
  const logOut = useAction(
    () => call('POST /logout'),
    () => {},
  )
  return (
    <div className="member">
      <a className="skip-link" href="#content">
        {texts.skip}
      </a>
      <header className="member-head">
        <div className="member-head-inner">
          <Link className="brand-link" href="/account">
            <Brand />
          </Link>
          <Areas />
          <Button isBusy={logOut.isRunning} onClick={() => void logOut.run(undefined)}>
            {texts.logOut}
          </Button>
        </div>
      </header>
      <div className="member-body">
        <nav className="side" aria-label={label}>
          <ul>
            {sections.map(({ path, label, below }) => (
              <li key={path}>
                <NavLink path={path} below={below}>
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <main className="content" id="content" tabIndex={-1}>
          <ProblemAlert problem={logOut.problem} />
          {children}
        </main>
      </div>
      <footer className="member-foot">
        <LanguageSwitch />
      </footer>
    </div>
  )
}

type NavLinkProps = { readonly path: string; readonly below?: string | undefined; readonly children: ReactNode }

function NavLink({ path, below, children }: NavLinkProps) {
  const [location] = useLocation()
  const current = below !== undefined && location.startsWith(below) ? 'true' : location === path ? 'page' : undefined
  return (
    <Link href={path} aria-current={current}>
      {children}
    </Link>
  )
}

function Areas() {
  const texts = useTexts(shellTexts)
  const session = useSession()
  const isAdministrator = session.status === 'authenticated' && session.roles.includes('admin')
  if (!isAdministrator) return <span className="areas" />
  return (
    <nav className="areas" aria-label={texts.administration}>
      <NavLink path="/account" below="/account">
        {texts.account}
      </NavLink>
      <NavLink path="/admin" below="/admin">
        {texts.administration}
      </NavLink>
    </nav>
  )
}
