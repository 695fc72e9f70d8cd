import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Answer, Request } from './app.ts';

const MAX_BODY_BYTES = 1_000_000;

/** Puts the service behind HTTP. The caller decides on address and port. */
export function serve(app: (request: Request) => Answer): Server {
  return createServer((request, response) => {
    answer(app, request)
      .catch((): Answer => ({ status: 500, body: { error: 'internal error' } }))
      .then(({ status, body }) => {
        const text = JSON.stringify(body);
        response.writeHead(status, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        });
        response.end(text);
      });
  });
}

async function answer(app: (request: Request) => Answer, request: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return { status: 413, body: { error: 'the body is too large' } };
    chunks.push(chunk);
  }
  const key = request.headers['idempotency-key'];
  let body: unknown;
  try {
    body = size === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return { status: 400, body: { error: 'the body is not JSON' } };
  }
  return app({
    method: request.method ?? 'GET',
    path: (request.url ?? '/').split('?')[0]!,
    idempotencyKey: typeof key === 'string' ? key : undefined,
    body,
  });
}
