import {
  createTheme,
  type AlertProps,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineTheme,
} from '@mantine/core'

// Shade 7 carries white text; shade 9 is readable on shade 1. axe is the judge: test/e2e checks every page.
const shades = (list: string): MantineColorsTuple => list.split(' ') as unknown as MantineColorsTuple

/** Colors are named for what they mean. */
export const theme = createTheme({
  colors: {
    brand: shades('#eef2ff #e0e7ff #c7d2fe #a5b4fc #818cf8 #6366f1 #4f46e5 #4338ca #3730a3 #312e81'),
    good: shades('#f0fdf4 #dcfce7 #bbf7d0 #86efac #4ade80 #22c55e #16a34a #15803d #166534 #14532d'),
    warn: shades('#fffbeb #fef3c7 #fde68a #fcd34d #fbbf24 #f59e0b #b45309 #92400e #78350f #451a03'),
    bad: shades('#fef2f2 #fee2e2 #fecaca #fca5a5 #f87171 #ef4444 #dc2626 #b91c1c #991b1b #7f1d1d'),
    idle: shades('#f9fafb #f3f4f6 #e5e7eb #d1d5db #9ca3af #6b7280 #4b5563 #374151 #1f2937 #111827'),
    dark: shades('#e7eaf0 #cbd1db #b1b8c4 #939cab #38414f #262d38 #161b23 #0f1319 #11161d #0b0e13'),
  },
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 6,
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  fontFamily:
    '"IBM Plex Sans Variable", "IBM Plex Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", system-ui, sans-serif',
  fontFamilyMonospace: '"IBM Plex Mono", ui-monospace, Menlo, Consolas, monospace',
  components: {
    // What it focuses at first is no item of the menu, and the only child that may not be there.
    Alert: {
      vars: (_theme: MantineTheme, { color = 'brand' }: AlertProps) => ({
        root: { '--alert-bd': `1px solid var(--mantine-color-${color}-edge)` },
      }),
    },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '22px' },
      h3: { fontSize: '13px', lineHeight: '18px' },
    },
  },
})

/** Ground, hover and text of tinted parts in the dark scheme, where Mantine's own come out nearly black. */
const tints = {
  good: ['#18362c', '#1d4135', '#a7f3c0'],
  warn: ['#3a301f', '#473b26', '#fcdf8a'],
  bad: ['#3d242a', '#4a2c33', '#fdbcbc'],
  brand: ['#262c4f', '#2e355f', '#c7d2fe'],
  idle: ['#2b3139', '#353c46', '#d1d5db'],
} as const

/** Of tinted parts, light and dark. */
const edges = {
  good: ['#a9e8bf', '#1f6a43'],
  warn: ['#f3d77a', '#7a581e'],
  bad: ['#f6b9b9', '#7d3339'],
  brand: ['#c0c9fb', '#434a8c'],
  idle: ['#d7dbe1', '#434b57'],
} as const

const edgesOf = (scheme: 0 | 1) =>
  Object.fromEntries(Object.entries(edges).map(([name, pair]) => [`--mantine-color-${name}-edge`, pair[scheme]]))

const named = (dimmed: string, error: string, anchor: string, placeholder: string) => ({
  '--mantine-color-dimmed': dimmed,
  '--mantine-color-error': error,
  '--mantine-color-anchor': anchor,
  '--mantine-color-placeholder': placeholder,
})

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...named('#4b5563', '#b91c1c', '#4338ca', '#5f6877'),
    ...edgesOf(0),
    '--mantine-color-warn-light-color': '#78350f',
    '--mantine-color-idle-light': '#eef0f3',
    '--mantine-color-idle-light-color': '#1f2937',
  },
  dark: {
    ...named('#b1b8c4', '#fca5a5', '#a5b4fc', '#939cab'),
    ...edgesOf(1),
    '--mantine-color-brand-filled': '#4f46e5',
    '--mantine-color-brand-filled-hover': '#4338ca',
    ...Object.fromEntries(
      Object.entries(tints).flatMap(([name, [ground, hover, text]]) => [
        [`--mantine-color-${name}-light`, ground],
        [`--mantine-color-${name}-light-hover`, hover],
        [`--mantine-color-${name}-light-color`, text],
      ]),
    ),
  },
})
