import { useServiceSettings } from '../../react/use-service-settings.ts'
import icon from '../icon.svg'

export function Brand() {
  const { service } = useServiceSettings()
  return (
    <span className="brand">
      <img className="brand-logo" src={service.logo ?? icon} alt="" width="28" height="28" />
      <span className="brand-name">{service.name}</span>
    </span>
  )
}
