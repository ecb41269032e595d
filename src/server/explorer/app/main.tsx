import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';
import { createRoot } from 'react-dom/client';
import { ExplorerPage } from './explorer-page.tsx';
import { loadStartData } from './server-data.ts';

const root = createRoot(document.getElementById('root')!);

try {
  root.render(<ExplorerPage data={await loadStartData()} />);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  root.render(<p className="loading">The explorer could not start. {message}</p>);
}
