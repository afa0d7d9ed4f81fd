import type { ReactNode } from 'react'

export type MarkShape = keyof typeof markShapes

/** What is cut out of a filled shape. */
const cut = 'light-dark(#fff, #10141c)'
const ring = <circle cx="7" cy="7" r="5.8" fill="none" strokeWidth="2" />

/** On 14 by 14, in the color of the text around: told apart by their outlines, without any color. */
export const markShapes = {
  tick: (
    <>
      <circle cx="7" cy="7" r="7" fill="currentColor" stroke="none" />
      <path d="M3.8 7.2 6 9.4l4.2-4.6" fill="none" stroke={cut} strokeWidth="1.8" />
    </>
  ),
  cross: (
    <>
      <rect width="14" height="14" rx="2" fill="currentColor" stroke="none" />
      <path d="m4.2 4.2 5.6 5.6m0-5.6L4.2 9.8" stroke={cut} strokeWidth="1.8" />
    </>
  ),
  clock: (
    <>
      <rect width="14" height="14" rx="2" fill="currentColor" stroke="none" />
      <path d="M7 3v4.4l2.8 2" fill="none" stroke={cut} strokeWidth="1.8" />
    </>
  ),
  shield: (
    <>
      <path d="M7 0 13 2.2V7c0 3.4-2.6 5.8-6 7-3.4-1.2-6-3.6-6-7V2.2z" fill="currentColor" stroke="none" />
      <path d="M4 7h6" stroke={cut} strokeWidth="1.8" />
    </>
  ),
  triangle: <path d="M7 .5 13.6 13H.4z" fill="currentColor" stroke="none" />,
  lozenge: (
    <>
      <path d="M7 0 12.4 7 7 14 1.6 7z" fill="currentColor" stroke="none" />
      <path d="M7 3.6v2.2m0 2.4v2.2" stroke={cut} strokeWidth="2" />
    </>
  ),
  plate: <path d="M1 2.5h6.5L13 7l-5.5 4.5H1z" fill="currentColor" stroke="none" />,
  dashes: <circle cx="7" cy="7" r="5.8" fill="none" strokeWidth="2" strokeDasharray="3 2" />,
  bars: (
    <>
      {ring}
      <path d="M5.3 4.4v5.2m3.4-5.2v5.2" strokeWidth="1.6" />
    </>
  ),
  bar: (
    <>
      {ring}
      <path d="M4 7h6" strokeWidth="1.8" />
    </>
  ),
  slash: (
    <>
      {ring}
      <path d="m3.2 10.8 7.6-7.6" strokeWidth="1.8" />
    </>
  ),
} as const satisfies Readonly<Record<string, ReactNode>>
