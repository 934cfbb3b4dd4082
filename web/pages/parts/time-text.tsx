import { useLanguage } from '../../react/gatebook-context.ts'

/** Date and time of day. `isExact`: with seconds. */
export function TimeText({ time, isExact = false }: { readonly time: string; readonly isExact?: boolean }) {
  const language = useLanguage()
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: isExact ? 'medium' : 'short' })
  return <time dateTime={time}>{words.format(new Date(time))}</time>
}
