import type { ReactNode } from 'react'

/** Names and what they stand for. Its children are `<DefinitionRow>`. */
export function Definitions({ children }: { readonly children: ReactNode }) {
  return <dl className="definitions">{children}</dl>
}

type DefinitionRowProps = {
  readonly term: ReactNode
  readonly children: ReactNode
  /** At the end of the row. */
  readonly action?: ReactNode
}

export function DefinitionRow({ term, children, action }: DefinitionRowProps) {
  return (
    <div className="definition">
      <dt>{term}</dt>
      <dd>{children}</dd>
      {action !== undefined && <dd className="definition-action">{action}</dd>}
    </div>
  )
}
