import type { ApiClient } from '../source/kube/api-client.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { field, resourceVersionOf, text } from '../source/kube/object-meta.ts';
import type { Keyed, StoredAuthority } from './stored-authority.ts';

/** Of the Secret and of the ConfigMap. */
const authorityName = 'weir-ca';

/** As it is in the API server. */
export interface FoundAuthority {
  /** Undefined: what is there is no authority. */
  readonly content: StoredAuthority | undefined;
  readonly resourceVersion: string;
}

const labels = { 'app.kubernetes.io/name': 'weir', 'app.kubernetes.io/managed-by': 'weir-operator' };

/** The authority in the API server: the Secret with its keys, and the ConfigMap with what agents trust. */
export class AuthorityObjects {
  readonly #client: Pick<ApiClient, 'request'>;
  readonly #namespace: string;

  constructor(client: Pick<ApiClient, 'request'>, namespace: string) {
    this.#client = client;
    this.#namespace = namespace;
  }

  /** Undefined: there is no Secret. Throws an ApiError. */
  async read(): Promise<FoundAuthority | undefined> {
    const secret = await this.#get('secrets');
    if (secret === undefined) return undefined;
    return { content: decode(field(secret, 'data')), resourceVersion: resourceVersionOf(secret) };
  }

  /** Puts it where nothing is, or in the place of that version. Throws an ApiError, `conflict` where somebody was first. */
  async write(content: StoredAuthority, resourceVersion: string | undefined): Promise<void> {
    const { current, next, previous } = content;
    const texts = {
      'ca.crt': current.certificate,
      'ca.key': current.key,
      'next.crt': next?.certificate,
      'next.key': next?.key,
      'previous.crt': previous,
    };
    const data = Object.fromEntries(
      Object.entries(texts).flatMap(([name, pem]) =>
        pem === undefined ? [] : [[name, Buffer.from(pem).toString('base64')]],
      ),
    );
    await this.#put('secrets', { kind: 'Secret', type: 'Opaque', data }, resourceVersion);
  }

  /** Makes the ConfigMap say this. Tells whether it said something else. Throws an ApiError, `conflict` as above. */
  async publish(certificates: string): Promise<boolean> {
    const found = await this.#get('configmaps');
    if (text(field(found, 'data'), 'ca.crt') === certificates) return false;
    const resourceVersion = found === undefined ? undefined : resourceVersionOf(found);
    await this.#put('configmaps', { kind: 'ConfigMap', data: { 'ca.crt': certificates } }, resourceVersion);
    return true;
  }

  async #get(resource: string): Promise<unknown> {
    try {
      return await this.#client.request({ path: `${this.#path(resource)}/${authorityName}` });
    } catch (error) {
      if (error instanceof ApiError && error.notFound) return undefined;
      throw error;
    }
  }

  async #put(resource: string, object: object, resourceVersion: string | undefined): Promise<void> {
    const metadata = { name: authorityName, namespace: this.#namespace, labels, resourceVersion };
    const body = { apiVersion: 'v1', metadata, ...object };
    const path = this.#path(resource);
    if (resourceVersion === undefined) await this.#client.request({ method: 'POST', path, body });
    else await this.#client.request({ method: 'PUT', path: `${path}/${authorityName}`, body });
  }

  #path(resource: string): string {
    return `/api/v1/namespaces/${this.#namespace}/${resource}`;
  }
}

function decode(data: unknown): StoredAuthority | undefined {
  const read = (name: string): string | undefined => {
    const base64 = text(data, name);
    return base64 === '' ? undefined : Buffer.from(base64, 'base64').toString();
  };
  const keyed = (name: string): Keyed | undefined => {
    const certificate = read(`${name}.crt`);
    const key = read(`${name}.key`);
    return certificate === undefined || key === undefined ? undefined : { certificate, key };
  };
  const current = keyed('ca');
  return current && { current, next: keyed('next'), previous: read('previous.crt') };
}
