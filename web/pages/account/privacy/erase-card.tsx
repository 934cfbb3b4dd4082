import { useState } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { accountTexts } from '../../../texts/account.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { Card } from '../../parts/card.tsx'
import { useSecondFactor } from '../use-second-factor.ts'
import { EraseOwnAccountDialog } from './erase-dialog.tsx'

export function EraseCard({ name }: { readonly name: string }) {
  const texts = useTexts(accountTexts).erase
  const factor = useSecondFactor()
  const [isAsking, setAsking] = useState(false)
  return (
    <Card title={texts.title} description={texts.lead} tone="danger">
      <Loaded of={factor} lines={1}>
        {({ enrolled, mode }) => (
          <>
            <div>
              <Button look="danger" onClick={() => setAsking(true)}>
                {texts.submit}
              </Button>
            </div>
            {isAsking && <EraseOwnAccountDialog name={name} mode={enrolled ? mode : null} onClose={() => setAsking(false)} />}
          </>
        )}
      </Loaded>
    </Card>
  )
}
