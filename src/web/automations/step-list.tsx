import { UnstyledButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useText } from '../parts/use-text.ts'
import { stepNames, type StepName } from './steps.ts'

/** A board with a lamp at every step: what is done says its answer. Each is gone to with one click, and has the focus then. */
export function StepList({
  step,
  answers,
  onGo,
}: {
  readonly step: StepName
  readonly answers: Readonly<Record<StepName, string>>
  readonly onGo: (step: StepName) => void
}) {
  const text = useText()
  const current = stepNames.indexOf(step)
  const here = useRef<HTMLButtonElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current !== step) here.current?.focus()
    shown.current = step
  }, [step])
  return (
    <nav className="panel" aria-label={text.wizard.stepsLabel}>
      <ol className="path">
        {stepNames.map((name, index) => (
          <li
            key={name}
            data-light={index < current ? 'good' : index === current ? 'now' : 'idle'}
            {...(index > current ? { 'data-ahead': true } : {})}
          >
            <Lamp at={Math.sign(index - current)} />
            <UnstyledButton
              className="step"
              ref={name === step ? here : null}
              onClick={() => onGo(name)}
              {...(name === step ? { 'aria-current': 'step' as const } : {})}
            >
              {index + 1}. {text.wizard.steps[name]}
            </UnstyledButton>
            <span>{index < current ? answers[name] : ''}</span>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** A tick behind, a full lamp here, a hollow one ahead. */
function Lamp({ at }: { readonly at: number }) {
  return (
    <svg width={18} height={18} viewBox="0 0 18 18" aria-hidden focusable="false">
      {at > 0 ? (
        <circle cx={9} cy={9} r={6} fill="none" stroke="currentColor" strokeWidth={2} />
      ) : (
        <circle cx={9} cy={9} r={7} fill="currentColor" />
      )}
      {at < 0 && <path d="M5.5 9.2l2.4 2.4 4.6-5" fill="none" stroke="#10141c" strokeWidth={1.8} />}
    </svg>
  )
}
