import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The web app, built to files that the server serves: no script in a page, and names that change with their content. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: 'es2022',
  },
  server: { proxy: { '/api/v1': 'http://127.0.0.1:8080' } },
})
