import { Waiting } from '../../react/ui/waiting.tsx'

export function Loading() {
  return (
    <div className="loading">
      <Waiting />
    </div>
  )
}
