import { useState } from 'react'
import { sharedTexts } from '../../texts/shared.ts'
import { useTexts } from '../gatebook-context.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const texts = useTexts(sharedTexts)
  const [isCopied, setCopied] = useState(false)
  // Only where the page is served securely; the text can be selected.
  if (navigator.clipboard === undefined) return null
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <Button onClick={() => void copy()}>
      <Icon name={isCopied ? 'check' : 'copy'} />
      <span aria-live="polite">{isCopied ? texts.copied : (label ?? texts.copy)}</span>
    </Button>
  )
}
