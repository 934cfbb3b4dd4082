import { type ReactNode, useEffect, useRef } from 'react'
import { useTitle } from '../shell/public-layout.tsx'

type PageHeadProps = {
  readonly title: string
  readonly lead?: string
  readonly below?: ReactNode
  /** What can be done on the page. */
  readonly children?: ReactNode
}

/** Whoever followed a link goes on at the heading, unless the browser has just opened the first page. */
export function PageHead({ title, lead, below, children }: PageHeadProps) {
  useTitle(title)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (history.state !== null) heading.current?.focus()
  }, [])
  return (
    <header className="page-head">
      <div className="page-head-text">
        <h1 className="page-title" tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {lead !== undefined && <p className="muted">{lead}</p>}
        {below}
      </div>
      {children}
    </header>
  )
}
