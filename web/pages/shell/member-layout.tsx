import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useGatebook, useTexts } from '../../react/gatebook-context.ts'
import { useSession } from '../../react/session/use-session.ts'
import { Button } from '../../react/ui/button.tsx'
import { shellTexts } from '../../texts/shell.ts'
import { Brand } from './brand.tsx'
import { LanguageSwitch } from './language-switch.tsx'

export type Section = { readonly path: string; readonly label: string }

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
          <LogOut />
        </div>
      </header>
      <div className="member-body">
        <nav className="side" aria-label={label}>
          <ul>
            {sections.map(({ path, label }) => (
              <li key={path}>
                <NavLink path={path}>{label}</NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <main className="content" id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
      <footer className="member-foot">
        <LanguageSwitch />
      </footer>
    </div>
  )
}

function NavLink({ path, isArea = false, children }: { readonly path: string; readonly isArea?: boolean; readonly children: ReactNode }) {
  const [location] = useLocation()
  const isCurrent = isArea ? location.startsWith(path) : location === path
  return (
    <Link href={path} aria-current={isCurrent ? (isArea ? 'true' : 'page') : undefined}>
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
      <NavLink path="/account" isArea>
        {texts.account}
      </NavLink>
      <NavLink path="/admin" isArea>
        {texts.administration}
      </NavLink>
    </nav>
  )
}

function LogOut() {
  const { call } = useGatebook()
  const texts = useTexts(shellTexts)
  return <Button onClick={() => void call('POST /logout')}>{texts.logOut}</Button>
}
