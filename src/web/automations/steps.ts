export const stepNames = ['event', 'action', 'details'] as const
export type StepName = (typeof stepNames)[number]
