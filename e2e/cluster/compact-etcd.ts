// Compacts the etcd at "host:port" by its JSON gateway: run where that etcd is.
const [address = ''] = process.argv.slice(2);

async function ask(path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(`http://${address}/v3/kv/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`etcd answers ${path} with ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

const key = Buffer.from('/').toString('base64');
const { header } = (await ask('range', { key })) as { readonly header: { readonly revision: string } };
await ask('compaction', { revision: header.revision, physical: true });
