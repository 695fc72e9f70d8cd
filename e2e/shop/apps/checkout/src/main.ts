import { createApp } from './app.ts';
import { serve } from './server.ts';

const port = Number(process.env.PORT ?? 3001);
serve(createApp(Date.now)).listen(port, '127.0.0.1', () => {
  console.log(`checkout listens on http://127.0.0.1:${port}`);
});
