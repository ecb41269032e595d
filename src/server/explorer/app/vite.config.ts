import { defineConfig } from 'vite';

export default defineConfig({
  // Addresses are absolute, since the page is /graphiql without a slash at its end.
  base: '/graphiql/',
  // Two copies of graphql would refuse each other's schemas.
  resolve: { dedupe: ['graphql', 'react', 'react-dom'] },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // A data address would have to be allowed by the content policy; a file of our own is already.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Monaco is one large chunk by nature, kept by the browser for good.
    chunkSizeWarningLimit: 10_000,
  },
});
