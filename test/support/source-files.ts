import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'

/** A source file, cut into what a text rule may look at without being fooled by the rest. */
export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly pieces: readonly Piece[]
  readonly imports: readonly Import[]
}

export interface Piece {
  readonly kind: 'code' | 'text' | 'pattern' | 'comment'
  readonly content: string
  /** Where it begins, from 1. */
  readonly line: number
}

export interface Import {
  /** A path from the root of the repository, or the name of a package, or `node:…`. */
  readonly target: string
  readonly line: number
  readonly kind: 'import' | 'export' | 'dynamic'
  readonly typeOnly: boolean
  /** What stands before the name: `import { a, b } from`. */
  readonly statement: string
}

const root = new URL('../../', import.meta.url)

/** Every TypeScript file in the folder and below it. */
export function readSourceFiles(folder: string): SourceFile[] {
  return readdirSync(new URL(`${folder}/`, root), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return readSourceFiles(path)
      return /\.tsx?$/.test(entry.name) ? [parseSourceFile(path, readFileSync(new URL(path, root), 'utf8'))] : []
    })
}

export function parseSourceFile(path: string, source: string): SourceFile {
  const pieces = cut(source)
  return { path, pieces, imports: findImports(path, pieces) }
}

/**
 * Cuts TypeScript into code, texts, patterns and comments. It knows just enough: nested template literals, and that a
 * slash begins a pattern where no value can have ended. JSX text is read as code.
 */
function cut(source: string): Piece[] {
  const pieces: Piece[] = []
  /** How many braces are open inside each `${` that we are in. */
  const slots: number[] = []
  let from = 0
  let at = 0

  while (at < source.length) {
    const two = source.slice(at, at + 2)
    const one = source[at]!
    if (two === '//') take('comment', endOf('\n', at))
    else if (two === '/*') take('comment', endOf('*/', at + 2) + 2)
    else if (one === "'" || one === '"') take('text', endOfQuoted(one, at + 1))
    else if (one === '`') takeTemplate()
    else if (one === '/' && startsPattern()) take('pattern', endOfPattern(at + 1))
    else if (one === '}' && slots.at(-1) === 0) {
      slots.pop()
      takeTemplate()
    } else {
      if (slots.length > 0 && one === '{') slots.push(slots.pop()! + 1)
      if (slots.length > 0 && one === '}') slots.push(slots.pop()! - 1)
      at += 1
    }
  }
  flush()
  return pieces

  function takeTemplate(): void {
    const end = endOfTemplate(at + 1)
    if (source.slice(end - 2, end) === '${') slots.push(0)
    take('text', end)
  }

  function take(kind: Piece['kind'], end: number): void {
    flush()
    push(kind, at, end)
    at = end
    from = end
  }

  function flush(): void {
    if (from < at) push('code', from, at)
  }

  function push(kind: Piece['kind'], start: number, end: number): void {
    const last = pieces.at(-1)
    const line = last === undefined ? 1 : last.line + last.content.split('\n').length - 1
    pieces.push({ kind, content: source.slice(start, end), line })
  }

  function startsPattern(): boolean {
    const before = pieces
      .filter(({ kind }) => kind !== 'comment')
      .map(({ content }) => content)
      .slice(-1)
      .join('')
    const code = (source.slice(from, at).trimEnd() || before.trimEnd()).slice(-12)
    return code === '' || /[(,=:[!&|?{};+\-*%<>~^]$|\b(return|typeof|case|of|in|await|yield)$/.test(code)
  }

  function endOf(mark: string, start: number): number {
    const end = source.indexOf(mark, start)
    return end === -1 ? source.length : end
  }

  function endOfQuoted(quote: string, start: number): number {
    let end = start
    while (end < source.length && source[end] !== quote) end += source[end] === '\\' ? 2 : 1
    return end + 1
  }

  function endOfTemplate(start: number): number {
    let end = start
    while (end < source.length && source[end] !== '`') {
      if (source.slice(end, end + 2) === '${') return end + 2
      end += source[end] === '\\' ? 2 : 1
    }
    return end + 1
  }

  function endOfPattern(start: number): number {
    let end = start
    let inClass = false
    while (end < source.length && (inClass || source[end] !== '/') && source[end] !== '\n') {
      if (source[end] === '[') inClass = true
      if (source[end] === ']') inClass = false
      end += source[end] === '\\' ? 2 : 1
    }
    return end + 1
  }
}

function findImports(path: string, pieces: readonly Piece[]): Import[] {
  return pieces.flatMap((piece, index): Import[] => {
    const before = pieces[index - 1]
    if (piece.kind !== 'text' || piece.content.startsWith('}') || before?.kind !== 'code') return []
    const form = /(?:^|[^\w$.])(from|import|import\s*\()\s*$/.exec(before.content)?.[1]
    if (form === undefined) return []
    const statement = before.content
      .split(/\n(?=import\b|export\b)/)
      .at(-1)!
      .trimStart()
    const name = piece.content.slice(1, -1)
    return [
      {
        target: name.startsWith('.') ? posix.join(posix.dirname(path), name) : name,
        line: piece.line,
        kind: form.endsWith('(') ? 'dynamic' : statement.startsWith('export') ? 'export' : 'import',
        typeOnly: /^(import|export)\s+type\b/.test(statement),
        statement: statement.trimEnd(),
      },
    ]
  })
}
