import type { ReactNode } from 'react'
import { useFocus } from '../../react/ui/use-focus.ts'
import { Brand } from './brand.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { useTitle } from './use-title.ts'

type PublicLayoutProps = {
  readonly title: string
  readonly lead?: ReactNode
  readonly children?: ReactNode
  readonly below?: ReactNode
  /** Whether the title takes the focus: for what comes after a step. */
  readonly hasFocus?: boolean
}

/** One card in the middle: what somebody sees who is not logged in. */
export function PublicLayout({ title, lead, children, below, hasFocus = false }: PublicLayoutProps) {
  useTitle(title)
  const focus = useFocus()
  return (
    <div className="public">
      <header className="public-head">
        <Brand />
      </header>
      <main className="public-main">
        <div className="card public-card">
          <h1 className="public-title" tabIndex={-1} ref={hasFocus ? focus : undefined}>
            {title}
          </h1>
          {lead !== undefined && <p className="public-lead">{lead}</p>}
          {children}
        </div>
        {below && <div className="public-below">{below}</div>}
      </main>
      <footer className="public-foot">
        <LanguageSwitch />
      </footer>
    </div>
  )
}
