import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Beside each file what a browser may take instead of it: compressed once, and not for each who asks. */
function compress(): Plugin {
  return {
    name: 'compress',
    writeBundle({ dir = '' }) {
      const assets = join(dir, 'assets')
      for (const name of readdirSync(assets).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const content = readFileSync(join(assets, name))
        writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }))
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(content))
      }
    },
  }
}

/** Every browser that runs the app takes WOFF2: the older format of each font is left out. */
function newestFonts(): Plugin {
  return {
    name: 'newest-fonts',
    enforce: 'pre',
    transform: (code, id) =>
      id.includes('@fontsource') && id.endsWith('.css')
        ? { code: code.replaceAll(/, ?url\([^)]*\.woff\) ?format\(['"]woff['"]\)/g, ''), map: null }
        : undefined,
  }
}

/** Whatever `NODE_ENV` says where it is built: what is built is for those who use it. */
function forUse(): Plugin {
  return {
    name: 'for-use',
    apply: 'build',
    config() {
      process.env['NODE_ENV'] = 'production'
    },
  }
}

const first: ['$initial'] = ['$initial']

/**
 * What every page needs comes in four files, each evaluated within 50 ms, what many pages share in a fifth; without that
 * every small part would be a request of its own. No file needs one that needs it: what has the same readers stands
 * together. The words of a language are awaited by `start`, so they may need nothing of it.
 */
const chunks = [
  { name: 'contract', test: /[\\/](node_modules[\\/]zod|src[\\/](contract|sdk))[\\/]/, tags: first, priority: 4 },
  { name: 'react', test: /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/]/, tags: first, priority: 3 },
  { name: 'libraries', test: /[\\/]node_modules[\\/]/, tags: first, priority: 2 },
  { name: 'start', tags: first, priority: 1 },
  { name: 'common', minShareCount: 4 },
  { name: 'shared', minShareCount: 2, entriesAware: true },
]

/** The web app, built to files that the server serves: no script in a page, and names that change with their content. */
export default defineConfig({
  root: 'src/web',
  plugins: [forUse(), newestFonts(), react(), compress()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: 'es2022',
    // The pages use light-dark(), and so does the library of parts.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      output: {
        codeSplitting: { groups: chunks },
        // The name of a shared chunk would list all who share it.
        chunkFileNames: ({ name }) => `assets/${name.split('~', 1)[0]}-[hash].js`,
      },
    },
  },
  server: { proxy: { '/api/v1': 'http://127.0.0.1:8080' } },
})
