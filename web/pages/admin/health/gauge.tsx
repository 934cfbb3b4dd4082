import { type ReactNode, useId } from 'react'

type GaugeProps = { readonly label: string; readonly value: number; readonly most: number; readonly children: ReactNode }

/** Turns yellow, then red, as it fills. The text beside it says the same in numbers. */
export function Gauge({ label, value, most, children }: GaugeProps) {
  const id = useId()
  return (
    <div className="gauge">
      <label className="gb-label" htmlFor={id}>
        {label}
      </label>
      <meter className="meter" id={id} min={0} max={most} low={most * 0.8} high={most * 0.93} optimum={0} value={value} />
      <span className="muted">{children}</span>
    </div>
  )
}
