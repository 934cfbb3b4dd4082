import { Alert } from '../../react/ui/alert.tsx'
import { useFocus } from '../../react/ui/use-focus.ts'

/** What a button has done that is gone since. It takes the focus, which would be lost with the button. */
export function DoneNote({ text }: { readonly text: string }) {
  return (
    <div className="done" tabIndex={-1} ref={useFocus()} key={text}>
      <Alert tone="success">{text}</Alert>
    </div>
  )
}
