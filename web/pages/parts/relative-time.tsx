import { useSyncExternalStore } from 'react'
import { useLanguage, useTexts } from '../../react/gatebook-context.ts'
import { partsTexts } from '../../texts/parts.ts'

const minute = 60_000
const units = [
  ['day', 24 * 60 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
] as const

const everyMinute = (tick: () => void) => {
  const timer = setInterval(tick, minute / 2)
  return () => clearInterval(timer)
}

const currentMinute = () => Math.floor(Date.now() / minute)

/** How long ago. The clocks of browser and service may differ a little, so nothing near is said to the second. */
export function RelativeTime({ time }: { readonly time: string }) {
  const language = useLanguage()
  const texts = useTexts(partsTexts)
  useSyncExternalStore(everyMinute, currentMinute)
  const date = new Date(time)
  const past = date.getTime() - Date.now()
  const [unit, length] = units.find(([, length]) => Math.abs(past) >= length) ?? []
  const words =
    unit === undefined ? texts.justNow : new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(past / length), unit)
  return (
    <time dateTime={time} title={new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' }).format(date)}>
      {words}
    </time>
  )
}
