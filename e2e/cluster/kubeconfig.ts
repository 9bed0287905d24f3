/** How a client of the API server says who it is. */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'certificate'; readonly key: string; readonly certificate: string };

/** A kubeconfig in JSON, which is YAML too; keys and certificates are in it, so that one file is enough. */
export function kubeconfigText(server: string, authority: string, credential: Credential): string {
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'weir',
      contexts: [{ name: 'weir', context: { cluster: 'weir', user: 'weir' } }],
      clusters: [{ name: 'weir', cluster: { server, 'certificate-authority-data': base64(authority) } }],
      users: [{ name: 'weir', user: userOf(credential) }],
    },
    undefined,
    2,
  );
}

function userOf(credential: Credential): Readonly<Record<string, string>> {
  return credential.kind === 'token'
    ? { token: credential.token }
    : {
        'client-certificate-data': base64(credential.certificate),
        'client-key-data': base64(credential.key),
      };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
