import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import { field, resourceVersionOf, text } from './object-meta.ts';

export interface ListRequest {
  readonly client: ApiClient;
  readonly path: string;
  readonly labelSelector?: string | undefined;
  /** Objects of one page. */
  readonly limit: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Gets each object of a page, which is then let go of. */
  readonly onItem: (item: unknown) => void;
}

/**
 * Lists all objects, page by page, as they are at one moment. Throws an ApiError; `expired` where that moment was
 * forgotten between two pages, so that what onItem got is a part of something that nobody will complete.
 *
 * @returns the resource version of that moment, from which to watch
 */
export async function listPages(request: ListRequest): Promise<string> {
  const { client, path, labelSelector, limit, timeoutMs, signal, onItem } = request;
  let next: string | undefined;
  for (;;) {
    // Without a resource version the API server answers with what it has stored last, never with something older.
    const query = { limit, labelSelector, continue: next };
    const page = await client.request({ path, query, timeoutMs, signal });
    const items = field(page, 'items');
    const resourceVersion = resourceVersionOf(page);
    if ((!Array.isArray(items) && items !== null) || resourceVersion === '')
      throw ApiError.unreachable(`GET ${path}`, 'the answer is no list');
    for (const item of items ?? []) onItem(item);
    next = text(field(page, 'metadata'), 'continue');
    if (next === '') return resourceVersion;
  }
}
