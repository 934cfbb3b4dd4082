import type { ServiceSettings } from '../shapes/service-settings.ts'
import { escapeHtml } from './escape-html.ts'

/** The built page with the answer of `GET /settings` in its `meta` element, because an inline script would need a hole in the policy. */
export function pageDocument(built: string, settings: ServiceSettings): string {
  const holder = '<meta name="gatebook-settings" content="">'
  if (!built.includes(holder)) throw new Error('the built page has no place for its settings')
  return built
    .replace(holder, () => `<meta name="gatebook-settings" content="${escapeHtml(JSON.stringify(settings))}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(settings.service.name)}</title>`)
}
