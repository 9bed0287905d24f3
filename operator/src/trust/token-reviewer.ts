import { createHash } from 'node:crypto';
import { OperatorError } from '../errors.ts';
import type { AgentPod } from '../push/admission.ts';
import type { ApiClient } from '../source/kube/api-client.ts';
import { field, text } from '../source/kube/object-meta.ts';
import { Limited } from './limited.ts';
import { readClaims, type TokenClaims } from './token-claims.ts';

export interface TokenReviewerOptions {
  readonly client: Pick<ApiClient, 'request'>;
  /** Of the agents. */
  readonly serviceAccount: { readonly namespace: string; readonly name: string };
  readonly audience: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds, monotonic. */
  readonly monotonic: () => number;
}

/** What the API server says of an agent's token. */
export interface ReviewedToken {
  /** The only one that the agent is served. */
  readonly node: string;
  readonly pod: AgentPod;
  /** Milliseconds for which the token can be taken for good. */
  readonly lifetimeMs: number;
}

interface Cached {
  readonly token: ReviewedToken;
  /** Monotonic, as `until`. */
  readonly began: number;
  readonly until: number;
}

/** The same token is not reviewed again for so long, in milliseconds: agents come back when a connection is cut. */
const cachedMs = 600_000;
/** More tokens than nodes that one operator serves. */
const cachedTokens = 20_000;
/** API servers accept a token for 10 s after its pod was deleted. */
const goneMs = 60_000;
const reviewsAtOnce = 32;
/** Each is a stream that somebody holds open who has not proved anything yet. */
const waitingReviews = 10_000;
const requestMs = 10_000;
/** ServiceAccount tokens have 1 to 2 KB. */
const longestToken = 16_384;

const claim = 'authentication.kubernetes.io/';

/** Asks the API server whose a token is. */
export class TokenReviewer {
  readonly #options: TokenReviewerOptions;
  readonly #reviews = new Limited(reviewsAtOnce, waitingReviews);
  /** By SHA-256 of the token, oldest first. */
  readonly #cache = new Map<string, Cached>();
  /** Until when tokens of a pod's uid are refused, oldest first. */
  readonly #gone = new Map<string, number>();

  constructor(options: TokenReviewerOptions) {
    this.#options = options;
  }

  /**
   * Throws an OperatorError `agent-unauthenticated` where the token is none or the API server does not accept it,
   * `agent-refused` where it is not an agent's, and an ApiError where that can't be found out.
   */
  async review(token: string | undefined): Promise<ReviewedToken> {
    if (token === undefined) throw unauthenticated('there is no token ("authorization: Bearer …")');
    const { audience, monotonic } = this.#options;
    const claims = token.length > longestToken ? undefined : readClaims(token);
    if (claims === undefined) throw unauthenticated('what is shown is no ServiceAccount token');
    if (!claims.audiences.includes(audience)) {
      const others = claims.audiences.join(', ') || 'nobody';
      throw unauthenticated(`the token is for ${others}, not for ${audience}`);
    }
    const hash = createHash('sha256').update(token).digest('base64');
    const known = this.#cache.get(hash);
    if (known && known.until > monotonic()) {
      return { ...known.token, lifetimeMs: known.token.lifetimeMs - (monotonic() - known.began) };
    }
    this.#cache.delete(hash);
    return this.#reviews.run(async () => {
      const reviewed = await this.#ask(token, claims);
      const { namespace, name, uid } = reviewed.pod;
      if ((this.#gone.get(uid) ?? 0) > monotonic())
        throw unauthenticated(`pod ${namespace}/${name} of the token is gone`);
      this.#keep(hash, reviewed);
      return reviewed;
    });
  }

  /** Pods that are no more: their tokens are good for nothing. */
  forget(isGone: (pod: AgentPod) => boolean): void {
    const now = this.#options.monotonic();
    for (const [uid, until] of this.#gone) if (until <= now) this.#gone.delete(uid);
    for (const [hash, { token }] of this.#cache) {
      if (!isGone(token.pod)) continue;
      this.#cache.delete(hash);
      this.#gone.set(token.pod.uid, now + goneMs);
    }
  }

  #keep(hash: string, token: ReviewedToken): void {
    const began = this.#options.monotonic();
    this.#cache.set(hash, { token, began, until: began + Math.min(cachedMs, token.lifetimeMs) });
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= cachedTokens) break;
      this.#cache.delete(oldest);
    }
  }

  async #ask(token: string, claims: TokenClaims): Promise<ReviewedToken> {
    const { client, audience } = this.#options;
    const answer = await client.request({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/tokenreviews',
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        spec: { token, audiences: [audience] },
      },
      timeoutMs: requestMs,
    });
    const status = field(answer, 'status');
    if (field(status, 'authenticated') !== true) {
      const why = text(status, 'error') || 'it says no more';
      throw unauthenticated(`the API server does not accept the token: ${why}`);
    }
    // An API server that knows no audiences answers for its own.
    if (!texts(field(status, 'audiences')).includes(audience))
      throw unauthenticated(`the API server does not say that the token is for ${audience}`);
    return this.#read(field(status, 'user'), claims);
  }

  async #read(user: unknown, { expires }: TokenClaims): Promise<ReviewedToken> {
    const { namespace, name } = this.#options.serviceAccount;
    const username = text(user, 'username');
    if (username !== `system:serviceaccount:${namespace}:${name}`)
      throw refused(`the token is that of ${username}, not of ServiceAccount ${namespace}/${name}`);
    const extra = (key: string): string => texts(field(field(user, 'extra'), `${claim}${key}`))[0] ?? '';
    const pod = { namespace, name: extra('pod-name'), uid: extra('pod-uid') };
    if (pod.name === '' || pod.uid === '') throw refused('the token is bound to no pod');
    const node = extra('node-name') || (await this.#nodeOf(pod));
    return { node, pod, lifetimeMs: this.#lifetime(expires) };
  }

  /** API servers before 1.30 don't say it in the token. Listing takes no permission that the operator has not anyway. */
  async #nodeOf({ namespace, name, uid }: AgentPod): Promise<string> {
    const list = await this.#options.client.request({
      path: `/api/v1/namespaces/${namespace}/pods`,
      query: { fieldSelector: `metadata.name=${name}` },
      timeoutMs: requestMs,
    });
    const items = field(list, 'items');
    const pod: unknown = Array.isArray(items) ? items[0] : undefined;
    if (text(field(pod, 'metadata'), 'uid') !== uid)
      throw unauthenticated(`pod ${namespace}/${name} of the token is gone`);
    const node = text(field(pod, 'spec'), 'nodeName');
    if (node === '') throw refused(`pod ${namespace}/${name} has no node`);
    return node;
  }

  /** The API server has the last word: what it accepts is good for a while, also where our clock is ahead of its. */
  #lifetime(expires: number | undefined): number {
    const left = (expires ?? 0) - this.#options.clock();
    return left > 0 ? left : cachedMs;
  }
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const unauthenticated = (message: string) => new OperatorError('agent-unauthenticated', message);
const refused = (message: string) => new OperatorError('agent-refused', message);
