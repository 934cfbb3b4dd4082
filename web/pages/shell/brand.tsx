import icon from '../icon.svg'
import { usePage } from './page-context.ts'

export function Brand() {
  const { service } = usePage().settings
  return (
    <span className="brand">
      <img className="brand-logo" src={service.logo ?? icon} alt="" width="28" height="28" />
      <span className="brand-name">{service.name}</span>
    </span>
  )
}
