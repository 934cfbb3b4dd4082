import { CopyButton } from '../../../react/ui/copy-button.tsx'

export function Command({ children, text }: { readonly children: string; readonly text: string }) {
  return (
    <div className="command">
      <p>{children}</p>
      <pre>
        <code>{text}</code>
      </pre>
      <div>
        <CopyButton text={text} />
      </div>
    </div>
  )
}
