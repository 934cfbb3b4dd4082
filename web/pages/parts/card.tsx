import { type ReactNode, useId } from 'react'

type CardProps = {
  readonly title: ReactNode
  readonly description?: ReactNode
  /** Beside the title. */
  readonly action?: ReactNode
  /** `danger`: what is in it cannot be taken back. */
  readonly tone?: 'usual' | 'danger'
  readonly children?: ReactNode
}

/** A part of a page with a heading of its own. */
export function Card({ title, description, action, tone = 'usual', children }: CardProps) {
  const id = useId()
  return (
    <section className={`card part ${tone === 'danger' ? 'part-danger' : ''}`} aria-labelledby={id}>
      <div className="part-head">
        <div className="part-head-text">
          <h2 id={id}>{title}</h2>
          {description !== undefined && <p className="muted">{description}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
